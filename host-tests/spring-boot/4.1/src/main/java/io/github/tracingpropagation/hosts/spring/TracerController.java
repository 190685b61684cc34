// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.spring;

import io.opentelemetry.context.propagation.ContextPropagators;
import java.util.Collection;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Returns the headers that Spring Boot's own tracer propagates. */
@RestController
class TracerController {
  private final ContextPropagators propagators;

  TracerController(ContextPropagators propagators) {
    this.propagators = propagators;
  }

  @GetMapping("/tracer/fields")
  Collection<String> fields() {
    return propagators.getTextMapPropagator().fields();
  }
}
