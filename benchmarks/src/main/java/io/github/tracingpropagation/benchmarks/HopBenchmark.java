// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One hop: a request has arrived, and another leaves with its tracing headers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HopBenchmark extends InTurns {
  @Param Server server;
  @Param Arrival arrival;
  @Param Client client;
  @Param Contender contender;

  private InboundRequest inbound;
  private Supplier<Object> hop;

  /** Starts the server and sends it the request. */
  @Setup
  public void open() throws Exception {
    inbound = server.receive(arrival.headers());
    hop = Outbound.warmedUp(client.open().hop(inbound, contender));
  }

  /** Stops the server. */
  @TearDown
  public void close() throws Exception {
    inbound.close();
  }

  /** Returns the request that leaves, so that all of it has to be made. */
  @Benchmark
  public Object hop() {
    return hop.get();
  }
}
