// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import io.opentelemetry.api.incubator.propagation.PassThroughPropagator;
import java.util.List;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Param;

/** How the cost of one hop from Tomcat into OkHttp grows. */
public class GrowthBenchmark extends OneHop {
  /** A way to forward any number of headers. */
  public enum Way {
    /** The hand-written loop. */
    LOOP,
    /** OpenTelemetry's {@code PassThroughPropagator}. */
    PASS_THROUGH,
    /** This library. */
    OURS
  }

  @Param Way way;

  /** Watched headers; this library watches at least {@link WatchedNames#ZIPKIN}. */
  @Param("22")
  int names;

  /** Inbound headers, of which six are tracing headers; Tomcat accepts at most 100. */
  @Param({"12", "30", "60", "100"})
  int headers;

  @Override
  InboundRequest receive() throws Exception {
    return Server.TOMCAT_UNREAD.receive(Headers.filledUp(Arrival.TYPICAL.headers(), headers));
  }

  @Override
  Supplier<Object> hop(InboundRequest inbound) {
    return hop(inbound, Client.OKHTTP.open(Contender.NOTHING));
  }

  private <C> Supplier<Object> hop(InboundRequest inbound, Outbound<C> client) {
    List<String> watched = WatchedNames.first(names);
    return client.hop(
        inbound,
        switch (way) {
          case LOOP -> Contender.loop(watched, client.setter());
          case PASS_THROUGH ->
              Contender.propagator(PassThroughPropagator.create(watched), client.setter());
          case OURS -> Contender.ours(WatchedNames.propagation(names), client.adder());
        });
  }
}
