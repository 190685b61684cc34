// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.story;

import io.github.tracingpropagation.demo.zipkin.TraceBackend;
import java.io.PrintWriter;
import java.util.List;

/** Prints what a user can try while the meshes of the story serve. */
final class Instructions {
  private Instructions() {}

  static void print(List<Mesh> meshes, TraceBackend backend, StoryResult result, PrintWriter out) {
    out.printf("%nStill serving, until stopped (Ctrl-C). Open:%n");
    out.printf("  %s  the trace above%n", backend.page(result.trace()));
    out.printf("  %s  who calls whom%n", backend.graph());
    out.printf("Try, and look for the trace in %s:%n", backend.name());
    out.printf("  curl %s  without forwarding%n", meshes.get(0).reviews(0));
    out.printf("  curl %s  with forwarding%n", meshes.get(1).reviews(0));
    out.printf(
        "  curl -H 'x-b3-sampled: 1' %s  with a rate of %s %%, forced%n",
        meshes.get(3).reviews(0), result.sampling().percent());
  }
}
