// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The host of a URL: an IP address or a name, which is never resolved. Immutable.
 *
 * @param name in lower case, without brackets, zone or trailing dot
 * @param address null for a name
 */
record Host(String name, @Nullable InetAddress address) {
  private static final String ALLOWED =
      "; allowed: a host name such as ratings, *. and a host name, or an IP address,"
          + " without scheme, user, port or path";

  static Host of(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.startsWith("[") && name.endsWith("]")) {
      name = name.substring(1, name.length() - 1);
    }
    if (name.indexOf(':') >= 0) {
      int zone = name.indexOf('%');
      name = zone < 0 ? name : name.substring(0, zone);
    } else if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    return new Host(name, IpAddress.parse(name));
  }

  /** Returns the host of a URI, also one for which {@link URI#getHost()} returns null; or null. */
  static @Nullable String nameIn(URI uri) {
    String host = uri.getHost();
    String authority = uri.getRawAuthority();
    if (host != null || authority == null) {
      return host;
    }
    // java.net.URI has no host for a name with an underscore, which Docker Compose uses.
    String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
    int port = hostAndPort.lastIndexOf(':');
    return port < 0 ? hostAndPort : hostAndPort.substring(0, port);
  }

  /** Returns a predicate for the hosts that match a pattern of the user. */
  static Predicate<Host> matcher(String pattern) {
    boolean wildcard = pattern.startsWith("*.");
    Host wanted = of(wildcard ? pattern.substring(2) : pattern);
    if (!wanted.isValid() || (wildcard && wanted.address != null)) {
      throw new IllegalArgumentException("hosts: \"" + pattern + "\" is not a host" + ALLOWED);
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
    if (address != null) {
      return IpAddress.isLoopbackOrPrivate(address);
    }
    return isValid()
        && (name.indexOf('.') < 0 || name.endsWith(".svc") || name.endsWith(".cluster.local"));
  }

  /** Returns whether this is an address, or a valid name that no client parses as an address. */
  private boolean isValid() {
    if (address != null) {
      return true;
    }
    boolean labelStart = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean inLabel = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
      if (!inLabel && (c != '.' || labelStart)) {
        return false;
      }
      labelStart = c == '.';
    }
    return !labelStart && !endsInNumber();
  }

  /** Some clients parse "2130706433" and "0x7f000001" as 127.0.0.1, others as other addresses. */
  private boolean endsInNumber() {
    String last = name.substring(name.lastIndexOf('.') + 1);
    boolean hex = last.startsWith("0x");
    for (int i = hex ? 2 : 0; i < last.length(); i++) {
      if (Character.digit(last.charAt(i), hex ? 16 : 10) < 0) {
        return false;
      }
    }
    return true;
  }
}
