// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Param;

/** The cost of one hop for each way to forward, on each server and client. */
public class HopBenchmark extends OneHop {
  @Param({"TOMCAT_UNREAD", "JETTY"})
  Server server;

  @Param({"TYPICAL", "MANY", "EVERY_PROVIDER", "NONE"})
  Arrival arrival;

  @Param("OKHTTP")
  Client client;

  @Param({
    "NOTHING",
    "SETS_ONLY",
    "LOOP_16",
    "LOOP_16_ADD",
    "LOOP_6",
    "PASS_THROUGH_16",
    "PASS_THROUGH_6",
    "B3_PROPAGATOR",
    "BRAVE",
    "OURS",
    "OURS_FILTER",
    "OURS_ZIPKIN"
  })
  Contender contender;

  @Override
  InboundRequest receive() throws Exception {
    return server.receive(arrival.headers());
  }

  @Override
  Supplier<Object> hop(InboundRequest inbound) {
    return client.hop(inbound, contender);
  }
}
