// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A real server has received a request; a client's request is built with its tracing headers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseG1GC", "-Xms256m", "-Xmx256m"})
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public abstract class OneHop {
  private InboundRequest inbound;
  private Supplier<Object> hop;

  /** Starts the server and sends it the request. */
  @Setup
  public void open() throws Exception {
    inbound = receive();
    hop = hop(inbound);
  }

  abstract InboundRequest receive() throws Exception;

  abstract Supplier<Object> hop(InboundRequest inbound);

  /** Stops the server. */
  @TearDown
  public void close() throws Exception {
    inbound.close();
  }

  /** Returns the outgoing request, so that the JIT cannot leave out any part of it. */
  @Benchmark
  public Object hop() {
    return hop.get();
  }
}
