// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.FieldHint;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeHint;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** What the jar tells the builder of a native image is there, with this release of Spring. */
class NativeHintsTest {

  @Test
  void classesAndFields_exist() throws ReflectiveOperationException {
    RuntimeHints hints = new RuntimeHints();
    SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
        .load(RuntimeHintsRegistrar.class)
        .stream()
        .filter(NativeHints.class::isInstance)
        .forEach(registrar -> registrar.registerHints(hints, getClass().getClassLoader()));

    List<String> fields = new ArrayList<>();
    for (TypeHint type : hints.reflection().typeHints().toList()) {
      Class<?> present = Class.forName(type.getType().getName());
      for (FieldHint field : type.fields().toList()) {
        fields.add(present.getDeclaredField(field.getName()).getName());
      }
    }

    assertThat(fields)
        .containsExactlyInAnyOrder(
            "requestFactory",
            "request",
            "proxy",
            "chunkSize",
            "connectTimeout",
            "readTimeout",
            "httpClient",
            "httpClient",
            "httpClient",
            "httpClient",
            // of Apache's client
            "httpClient",
            "requestFactory",
            "execChain",
            "execChain",
            "handler",
            "handler",
            "next",
            "next",
            "redirectStrategy",
            "httpProcessor",
            "httpProcessor",
            "requestInterceptors");
  }
}
