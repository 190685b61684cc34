// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import java.util.Locale;
import java.util.Set;

/** Which header names a user may add. */
final class HeaderNames {
  /** Hand-written lists of names often contain these; no host that is not named may get them. */
  private static final Set<String> CREDENTIALS = Set.of("authorization", "cookie", "jwt");

  /** Headers of one message or one connection; on another one they would be wrong. */
  private static final Set<String> PER_MESSAGE =
      Set.of(
          "accept-encoding",
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-authorization",
          "proxy-connection",
          "range",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private HeaderNames() {}

  /**
   * Returns the name in lower case.
   *
   * @throws IllegalArgumentException if it is not a header name, or the header must not be
   *     forwarded
   */
  static String validate(String name) {
    if (!isToken(name)) {
      throw new IllegalArgumentException(
          "additionalHeaders: \""
              + name
              + "\" is not a header name; allowed: ASCII letters, digits and !#$%&'*+-.^_`|~");
    }
    String lowerCase = name.toLowerCase(Locale.ROOT);
    if (PER_MESSAGE.contains(lowerCase)) {
      throw new IllegalArgumentException(
          "additionalHeaders: \""
              + name
              + "\" belongs to one message or connection; allowed: any header but "
              + PER_MESSAGE.stream().sorted().toList());
    }
    return lowerCase;
  }

  /** Returns whether the header, by its name in lower case, contains credentials. */
  static boolean isCredential(String lowerCase) {
    return CREDENTIALS.contains(lowerCase);
  }

  /** RFC 9110, section 5.1: a field name is a token. */
  private static boolean isToken(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean alphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!alphanumeric && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
