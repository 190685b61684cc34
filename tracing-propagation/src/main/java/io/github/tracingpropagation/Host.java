// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.github.tracingpropagation.adapter.InvalidSettingException;
import java.net.InetAddress;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The host of a URI or an authority: an IP address or a well-formed name, which is never resolved.
 * Text that clients parse in different ways is no host. Immutable.
 *
 * @param name in lower case, without trailing dot; for an address, its text
 * @param address null for a name
 */
record Host(String name, @Nullable InetAddress address) {
  private static final String ALLOWED =
      "; allowed: a host name such as ratings, *. and a host name, or an IP address,"
          + " without scheme, user, port, path or zone";

  /** Returns the host of {@code host[:port]}, or null. User-info is not part of it (RFC 9110). */
  static @Nullable Host ofAuthority(String authority) {
    int colon = authority.lastIndexOf(':');
    boolean hasPort =
        colon > 0 && (authority.charAt(colon - 1) == ']' || authority.indexOf(':') == colon);
    if (!hasPort) {
      return of(authority);
    }
    for (int i = colon + 1; i < authority.length(); i++) {
      if (authority.charAt(i) < '0' || authority.charAt(i) > '9') {
        return null;
      }
    }
    return of(authority.substring(0, colon));
  }

  /** Returns a host that is given without port, or null. */
  private static @Nullable Host of(String host) {
    InetAddress address = IpAddress.parse(host);
    if (address != null) {
      return new Host(host, address);
    }
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (!isName(name)) {
      return null;
    }
    String lowerCase = name.toLowerCase(Locale.ROOT);
    return endsInNumber(lowerCase) ? null : new Host(lowerCase, null);
  }

  /** Returns a predicate for the hosts that match a pattern of the user. */
  static Predicate<Host> matcher(String pattern) {
    boolean wildcard = pattern.startsWith("*.");
    Host wanted = of(wildcard ? pattern.substring(2) : pattern);
    boolean hasZone = pattern.indexOf('%') >= 0; // which would match any other zone, too
    if (wanted == null || hasZone || (wildcard && wanted.address != null)) {
      throw new InvalidSettingException(
          "hosts", null, pattern, "\"" + pattern + "\" is not a host" + ALLOWED);
    }
    if (wildcard) {
      String suffix = "." + wanted.name;
      return host -> host.address == null && host.name.endsWith(suffix);
    }
    return wanted.address == null
        ? host -> host.address == null && host.name.equals(wanted.name)
        : host -> wanted.address.equals(host.address);
  }

  boolean isInMesh() {
    return address != null
        ? IpAddress.isLoopbackOrPrivate(address)
        : name.indexOf('.') < 0 || name.endsWith(".svc") || name.endsWith(".cluster.local");
  }

  /**
   * Returns whether each label consists of ASCII letters, digits, underscores and, in between,
   * hyphens. Not at the end: OkHttp decodes {@code xn--134744072-} to a number.
   */
  private static boolean isName(String name) {
    char previous = '.';
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      int lower = c | 0x20;
      boolean word = (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '_';
      boolean hyphen = c == '-' && previous != '.';
      boolean dot = c == '.' && previous != '.' && previous != '-';
      if (!word && !hyphen && !dot) {
        return false;
      }
      previous = c;
    }
    return previous != '.' && previous != '-';
  }

  /** Some clients parse "2130706433" and "0x7f000001" as 127.0.0.1, others as other addresses. */
  private static boolean endsInNumber(String name) {
    int last = name.lastIndexOf('.') + 1;
    boolean hex = name.startsWith("0x", last);
    for (int i = hex ? last + 2 : last; i < name.length(); i++) {
      if (Character.digit(name.charAt(i), hex ? 16 : 10) < 0) {
        return false;
      }
    }
    return true;
  }
}
