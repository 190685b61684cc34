// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Parses and classifies IP addresses, without ever querying a name server. */
final class IpAddress {
  private IpAddress() {}

  /** Returns the address, IPv6 without brackets or zone; null if the text is not an address. */
  static @Nullable InetAddress parse(String name) {
    try {
      if (name.indexOf(':') >= 0) {
        return isIpv6Text(name) ? InetAddress.getByName(name) : null;
      }
      byte[] ipv4 = parseIpv4(name);
      return ipv4 == null ? null : InetAddress.getByAddress(ipv4);
    } catch (UnknownHostException e) {
      return null; // not an address
    }
  }

  /** {@link InetAddress#getByName} does not query a name server for such a text. */
  private static boolean isIpv6Text(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != ':' && (c != '.' || i == 0) && Character.digit(c, 16) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Only four decimal parts: some clients read "127.1" as an address, too, others do not. */
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
      } else if (c < '0' || c > '9' || value == 0) { // some clients parse a leading zero as octal
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

  /** Returns whether the address is in one of the ranges of {@link Destinations#inMesh()}. */
  static boolean isLoopbackOrPrivate(InetAddress address) {
    return address.isLoopbackAddress() || address.isSiteLocalAddress() || isUniqueLocal(address);
  }

  /** RFC 4193: fc00::/7. */
  private static boolean isUniqueLocal(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
  }
}
