// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import io.github.tracingpropagation.hosts.starter.webflux.ReactiveApplication;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;

/** A WebFlux application. */
class ReactiveTest extends StarterContract {
  @Override
  RunningApplication start(String downstream) {
    return LocalApplication.start(
        List.of(ReactiveApplication.class), WebApplicationType.REACTIVE, downstream, properties());
  }

  List<String> properties() {
    return List.of();
  }

  /** Returns the ways on which {@code WebClient} calls. */
  @Override
  Stream<Way> ways() {
    return Stream.of("plain", "flat-map", "delay", "bounded-elastic", "parallel")
        .map(name -> new Way(name, Outcome.OWN, "web-client"));
  }
}
