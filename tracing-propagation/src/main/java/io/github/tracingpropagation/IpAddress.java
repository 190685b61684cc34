// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Parses and classifies IP addresses, without ever querying a name server. */
final class IpAddress {
  private IpAddress() {}

  /**
   * Returns the address, for IPv6 without its zone. An IPv4-mapped address (::ffff:10.0.0.1) is the
   * IPv4 address, because that is what is connected to.
   *
   * @param text IPv6 with or without brackets
   * @return null if the text is not an address
   */
  static @Nullable InetAddress parse(String text) {
    try {
      if (text.indexOf(':') >= 0) {
        boolean brackets = text.startsWith("[") && text.endsWith("]");
        return parseIpv6(brackets ? text.substring(1, text.length() - 1) : text);
      }
      long ipv4 = parseIpv4(text, 0);
      return ipv4 < 0
          ? null
          : InetAddress.getByAddress(
              new byte[] {
                (byte) (ipv4 >> 24), (byte) (ipv4 >> 16), (byte) (ipv4 >> 8), (byte) ipv4
              });
    } catch (UnknownHostException e) {
      return null; // not an address
    }
  }

  private static @Nullable InetAddress parseIpv6(String text) throws UnknownHostException {
    int zone = text.indexOf('%');
    String address = zone < 0 ? text : text.substring(0, zone);
    boolean endsInIpv4 = address.indexOf('.') >= 0;
    return isHexColonOrDot(address)
            && (!endsInIpv4 || parseIpv4(address, address.lastIndexOf(':') + 1) >= 0)
            && (zone < 0 || isZone(text, zone + 1))
        ? InetAddress.getByName(address) // does not query a name server for such a text
        : null;
  }

  private static boolean isHexColonOrDot(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ':' && (c != '.' || i == 0) && (c > 'f' || Character.digit(c, 16) < 0)) {
        return false;
      }
    }
    return true;
  }

  /** RFC 6874: unreserved or percent-encoded. The zone itself is ignored. */
  private static boolean isZone(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > '~' || (!Character.isLetterOrDigit(c) && "-._~%".indexOf(c) < 0)) {
        return false;
      }
    }
    return from < text.length();
  }

  /**
   * Parses four decimal parts: some clients read "127.1" as an address, too, others do not.
   *
   * @return the address, or -1
   */
  private static long parseIpv4(String text, int from) {
    long address = 0;
    int parts = 0;
    int value = -1;
    for (int i = from; i <= text.length(); i++) {
      char c = i == text.length() ? '.' : text.charAt(i);
      if (c == '.') {
        if (value < 0 || parts == 4) {
          return -1;
        }
        address = address << 8 | value;
        parts++;
        value = -1;
      } else if (c < '0' || c > '9' || value == 0) { // some clients parse a leading zero as octal
        return -1;
      } else {
        value = Math.max(value, 0) * 10 + c - '0';
        if (value > 255) {
          return -1;
        }
      }
    }
    return parts == 4 ? address : -1;
  }

  /** Returns whether the address is in one of the ranges of {@link Destinations#inMesh()}. */
  static boolean isLoopbackOrPrivate(InetAddress address) {
    return address.isLoopbackAddress()
        // For IPv6, site-local means fec0::/10, which RFC 3879 has abolished.
        || (address instanceof Inet4Address
            ? address.isSiteLocalAddress()
            : isUniqueLocal(address));
  }

  /** RFC 4193: fc00::/7. */
  private static boolean isUniqueLocal(InetAddress address) {
    return (address.getAddress()[0] & 0xfe) == 0xfc;
  }
}
