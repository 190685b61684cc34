// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import reactor.core.publisher.Hooks;

/** Reactor restores the context of each operator: a blocking client forwards, too. */
class ReactiveAutomaticTest extends ReactiveTest {
  @Override
  List<String> properties() {
    return List.of("spring.reactor.context-propagation=auto");
  }

  @Override
  Stream<Way> ways() {
    Stream<Way> blocking =
        application().clients().contains("rest-client")
            ? Stream.of(new Way("bounded-elastic", Outcome.OWN, "rest-client"))
            : Stream.of();
    return Stream.concat(super.ways(), blocking);
  }

  @AfterAll
  static void disable() { // Spring Boot leaves it on in this JVM
    Hooks.disableAutomaticContextPropagation();
  }
}
