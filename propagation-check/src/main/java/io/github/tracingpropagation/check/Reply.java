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
record Reply(int status, List<String> lines, String body) {
  static final Reply HANG_UP = new Reply(0, List.of(), "");

  static Reply empty(int status, String line) {
    return new Reply(status, List.of(line), "");
  }
}
