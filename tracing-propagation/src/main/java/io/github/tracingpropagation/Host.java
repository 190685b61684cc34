// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A host, told apart as a URL does it: an IP address or a name. Never looked up. Immutable.
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
    return new Host(name, parseAddress(name));
  }

  /** Returns what the URI has for a host, also where {@link URI#getHost()} refuses it, or null. */
  static @Nullable String nameIn(URI uri) {
    String host = uri.getHost();
    String authority = uri.getRawAuthority();
    if (host != null || authority == null) {
      return host;
    }
    // A name with an underscore, as Docker Compose has them, is no host to java.net.URI.
    String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
    int port = hostAndPort.lastIndexOf(':');
    return port < 0 ? hostAndPort : hostAndPort.substring(0, port);
  }

  /** Returns what tells the hosts that the user's pattern means. */
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
      return address.isLoopbackAddress() || address.isSiteLocalAddress() || isUniqueLocal(address);
    }
    return isValid()
        && (name.indexOf('.') < 0 || name.endsWith(".svc") || name.endsWith(".cluster.local"));
  }

  /** Whether this is an address, or a name that no client could take for one. */
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

  /** "2130706433" and "0x7f000001" are 127.0.0.1 to some clients, and other numbers anywhere. */
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

  private static @Nullable InetAddress parseAddress(String name) {
    try {
      if (name.indexOf(':') >= 0) {
        return isIpv6Text(name) ? InetAddress.getByName(name) : null;
      }
      byte[] ipv4 = parseIpv4(name);
      return ipv4 == null ? null : InetAddress.getByAddress(ipv4);
    } catch (UnknownHostException e) {
      return null; // not an address after all
    }
  }

  /** Only then does {@link InetAddress#getByName} promise to parse and not to ask a name server. */
  private static boolean isIpv6Text(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != ':' && (c != '.' || i == 0) && Character.digit(c, 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private static byte @Nullable [] parseIpv4(String name) {
    byte[] address = new byte[4];
    int part = 0;
    int value = -1;
    for (int i = 0; i <= name.length(); i++) {
      char c = i == name.length() ? '.' : name.charAt(i);
      if (c == '.') {
        if (value < 0 || part == 4) {
          return null;
        }
        address[part++] = (byte) value;
        value = -1;
      } else if (c < '0' || c > '9' || value == 0) { // a leading zero is octal to some
        return null;
      } else {
        value = Math.max(value, 0) * 10 + c - '0';
        if (value > 255) {
          return null;
        }
      }
    }
    return part == 4 ? address : null;
  }

  /** RFC 4193: fc00::/7. */
  private static boolean isUniqueLocal(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
  }
}
