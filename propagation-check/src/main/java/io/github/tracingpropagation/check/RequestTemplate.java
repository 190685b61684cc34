// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;

/**
 * What each request has beside the headers that are checked, as curl's options have it.
 *
 * @param method the method
 * @param lines header lines
 * @param body the body, each byte as a char; empty for none
 */
record RequestTemplate(String method, List<String> lines, String body) {
  /** Returns the request, each char a byte. */
  byte[] bytes(ServiceUri uri, List<String> more, boolean keepAlive) {
    StringBuilder text = new StringBuilder();
    text.append(method).append(' ').append(uri.target()).append(" HTTP/1.1\r\n");
    if (!has("host")) {
      line(text, "Host: " + uri.authority());
    }
    if (!has("accept")) {
      line(text, "Accept: */*");
    }
    line(text, "Connection: " + (keepAlive ? "keep-alive" : "close"));
    if (!body.isEmpty()) {
      line(text, "Content-Length: " + body.length());
    }
    lines.forEach(line -> line(text, line));
    more.forEach(line -> line(text, line));
    return text.append("\r\n").append(body).toString().getBytes(ISO_8859_1);
  }

  private boolean has(String name) {
    return lines.stream().anyMatch(line -> HttpMessage.name(line).equals(name));
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append("\r\n");
  }
}
