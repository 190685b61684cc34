// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static java.util.Objects.requireNonNull;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/** Counts the bytes that a hop allocates, less those of the client alone, in a JVM of its own. */
final class AllocationProbe {
  private static final int HOPS = 100;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocationProbe() {}

  /** Prints the bytes of a hop, for each server, arrival and contender. */
  public static void main(String... args) throws Exception {
    for (int i = 0; i < args.length; i += 3) {
      try (InboundRequest inbound =
          Server.valueOf(args[i]).receive(Arrival.valueOf(args[i + 1]).headers())) {
        long all = bytes(inbound, Contender.valueOf(args[i + 2]));
        System.out.println(all - bytes(inbound, Contender.SETS_ONLY));
      }
    }
  }

  private static long bytes(InboundRequest inbound, Contender contender) {
    Supplier<Object> hop = Client.JAKARTA_REST.hop(inbound, contender);
    for (int i = 0; i < 3; i++) {
      run(hop); // allocates what is created once, such as a method handle form after 127 calls
    }
    long before = THREADS.getCurrentThreadAllocatedBytes();
    run(hop);
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    if (bytes % HOPS != 0) {
      throw new IllegalStateException(bytes + " bytes: hops differ");
    }
    return bytes / HOPS;
  }

  private static void run(Supplier<Object> hop) {
    for (int i = 0; i < HOPS; i++) {
      requireNonNull(hop.get());
    }
  }
}
