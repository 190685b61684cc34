// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.servlet.FilterReading;
import io.opentelemetry.context.Context;
import org.openjdk.jol.info.GraphLayout;

/**
 * Prints the bytes of heap that a context with captured headers retains for each request under way,
 * measured with JOL. What all requests share (configuration, header names) is not counted.
 */
public final class RetainedBytes {
  static {
    System.setProperty("jol.magicFieldOffset", "true"); // JOL needs it for fields of records
  }

  private RetainedBytes() {}

  /** Prints one line for each arrival. */
  public static void main(String... args) throws Exception {
    for (Arrival arrival : Arrival.values()) {
      System.out.printf("%-14s %5d bytes%n", arrival, of(arrival));
    }
  }

  /** Returns the growth of the object graph when a second request is under way. */
  static long of(Arrival arrival) throws Exception {
    FilterReading reading = new FilterReading(TracingPropagation.create());
    try (InboundRequest first = Server.TOMCAT_UNREAD.receive(arrival.headers());
        InboundRequest second = Server.TOMCAT_UNREAD.receive(arrival.headers())) {
      Context one = reading.read(first.arrive(), Context.root());
      Context two = reading.read(second.arrive(), Context.root());
      return GraphLayout.parseInstance(one, two).totalSize()
          - GraphLayout.parseInstance(one).totalSize();
    }
  }
}
