// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

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

  /** Returns whether the body is a message of gRPC. */
  boolean isGrpc() {
    return lines.stream().anyMatch(line -> line.endsWith(" " + Wire.GRPC));
  }

  static StubResponse empty(int status, String line) {
    return new StubResponse(status, List.of(line), "");
  }
}
