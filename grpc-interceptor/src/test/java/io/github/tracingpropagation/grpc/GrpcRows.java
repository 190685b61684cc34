// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import io.github.tracingpropagation.check.PropagationCase;
import java.util.List;

/** The contract's rows as gRPC carries them. */
final class GrpcRows {
  private static final String BINARY = "grpc-trace-bin:";

  private GrpcRows() {}

  /** Returns the row as gRPC sends it: without values with a tab. */
  static PropagationCase sent(PropagationCase row) {
    List<String> out = row.out().stream().filter(line -> !line.contains("\t")).toList();
    return received(new PropagationCase(row.name(), row.in(), out));
  }

  /** Returns the row as gRPC receives it: binary metadata has no padding. */
  static PropagationCase received(PropagationCase row) {
    List<String> out =
        row.out().stream()
            .map(line -> line.startsWith(BINARY) ? line.replace("=", "") : line)
            .toList();
    return new PropagationCase(row.name(), row.in(), out);
  }

  /** Returns whether a row has binary metadata that HTTP adapters drop: gRPC itself decodes it. */
  static boolean hasInvalidBinary(PropagationCase row) {
    return hasBinary(row.in()) && !hasBinary(row.out());
  }

  private static boolean hasBinary(List<String> lines) {
    return lines.stream().anyMatch(line -> line.startsWith(BINARY));
  }
}
