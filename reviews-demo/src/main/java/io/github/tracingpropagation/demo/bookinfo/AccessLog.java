// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import java.io.PrintWriter;
import java.util.function.Consumer;

/**
 * Prints one line for each request, with the {@code x-request-id} that finds the same request in
 * the logs of the other services. Threads may share it.
 */
public record AccessLog(String service, PrintWriter out) implements Consumer<ServedRequest> {
  @Override
  public void accept(ServedRequest request) {
    String line =
        "%s %s %s %d x-request-id=%s"
            .formatted(
                service,
                request.method(),
                request.path(),
                request.status(),
                request.header("x-request-id", "-"));
    out.println(printable(line));
    out.flush();
  }

  /**
   * Replaces every character outside of printable ASCII with {@code ?}. Line breaks would forge log
   * lines, control characters would move the cursor, other letters can imitate ASCII ones.
   */
  public static String printable(String text) {
    return text.replaceAll("[^ -~]", "?");
  }
}
