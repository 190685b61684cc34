// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import reactor.core.publisher.Hooks;

/** Reactor restores the context of each operator: a second call forwards on any thread, too. */
class ServletAutomaticTest extends ServletTest {
  @Override
  List<String> properties() {
    return List.of("spring.reactor.context-propagation=auto");
  }

  @Override
  Stream<Way> ways() {
    return Way.ALL.stream()
        .filter(way -> way.clients().startsWith("web-client") || way.name().contains("async"));
  }

  @AfterAll
  static void disable() { // Spring Boot leaves it on in this JVM
    Hooks.disableAutomaticContextPropagation();
  }
}
