// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;

/**
 * What a listener answers.
 *
 * @param status the status code, or 0 to end the connection instead
 * @param lines header lines beside the body's length
 * @param body the body, each byte as a char
 */
record StubResponse(int status, List<String> lines, String body) {
  static final StubResponse HANG_UP = new StubResponse(0, List.of(), "");

  boolean isGrpc() {
    return lines.stream().anyMatch(line -> line.endsWith(" " + Wire.GRPC));
  }

  static StubResponse of(int status, String contentType, byte[] content) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("not the status of an answer: " + status);
    }
    List<String> type = List.of(oneLine("Content-Type: " + contentType));
    return new StubResponse(status, type, new String(content, ISO_8859_1));
  }

  static String oneLine(String line) {
    if (line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a line break in a header");
    }
    return line;
  }

  static StubResponse empty(int status, String line) {
    return new StubResponse(status, List.of(line), "");
  }
}
