// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is requested. Not a {@link java.net.URI}, which takes no {@code _} in a host's name.
 *
 * @param tls whether it is https
 * @param authority the host as it stands in the URI, with the port if there is one
 * @param host the host, without brackets
 * @param port the port
 * @param target path and query
 */
record ServiceUri(boolean tls, String authority, String host, int port, String target) {
  private static final Pattern URI =
      Pattern.compile(
          "(https?)://((\\[[0-9a-f:.]+]|[a-z0-9._-]+)(?::(\\d{1,5}))?)([/?][!-~&&[^#]]*)?",
          Pattern.CASE_INSENSITIVE);

  ServiceUri at(String path) {
    return new ServiceUri(tls, authority, host, port, path);
  }

  /**
   * Reads a URI.
   *
   * @throws IllegalArgumentException if it is not one of http or https
   */
  static ServiceUri of(String text) {
    Matcher parts = URI.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "not an http:// or https:// URI with a valid host name: " + text);
    }
    boolean tls = parts.group(1).toLowerCase(Locale.ROOT).equals("https");
    int port = parts.group(4) == null ? (tls ? 443 : 80) : Integer.parseInt(parts.group(4));
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("no such port: " + text);
    }
    String target = parts.group(5) == null ? "/" : parts.group(5);
    return new ServiceUri(
        tls,
        parts.group(2),
        parts.group(3).replace("[", "").replace("]", ""),
        port,
        target.startsWith("?") ? "/" + target : target);
  }
}
