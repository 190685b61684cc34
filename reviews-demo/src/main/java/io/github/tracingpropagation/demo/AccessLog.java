// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import java.io.PrintWriter;
import java.util.function.Consumer;

/** One line a request, with the id that finds the request in the logs of every other service. */
record AccessLog(String service, PrintWriter out) implements Consumer<ServedRequest> {
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
    out.println(Text.printable(line));
    out.flush();
  }
}
