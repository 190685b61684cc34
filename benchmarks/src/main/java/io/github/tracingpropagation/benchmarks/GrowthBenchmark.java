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

/** One hop into OkHttp, with any number of inbound headers and of watched names. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GrowthBenchmark extends InTurns {
  @Param Server server;
  @Param Way way;

  @Param("16")
  int names;

  @Param("12")
  int headers;

  private InboundRequest inbound;
  private Supplier<Object> hop;

  /** Starts the server and sends it the request. */
  @Setup
  public void open() throws Exception {
    inbound = server.receive(Headers.typical(headers));
    hop = Outbound.warmedUp(hop(Client.OKHTTP.open()));
  }

  private <C> Supplier<Object> hop(Outbound<C> outbound) {
    return outbound.hop(inbound, way.hop(names, outbound));
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
