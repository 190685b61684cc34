// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tracingpropagation.TracingProvider;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** What the jar tells an IDE and the builder of a native image. */
class MetadataTest {

  @Test
  void eachProperty_hasADescription() throws IOException {
    assertThat(metadata().get("properties"))
        .hasSize(22) // 3 of the endpoint
        .allSatisfy(
            property -> assertThat(property.path("description").asText()).hasSizeGreaterThan(20));
  }

  @Test
  void providers_areSuggested() throws IOException {
    JsonNode providers = metadata().get("hints").get(1);

    assertThat(providers.get("name").asText()).isEqualTo("tracing.propagation.providers");
    assertThat(providers.get("values"))
        .extracting(value -> value.get("value").asText())
        .containsAll(
            Arrays.stream(TracingProvider.values())
                .map(provider -> provider.name().toLowerCase(Locale.ROOT))
                .toList());
  }

  @Test
  void nativeImage_hasWhatIsFoundByReflection() {
    RuntimeHints hints = new RuntimeHints();
    SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
        .load(RuntimeHintsRegistrar.class)
        .stream()
        .filter(NativeHints.class::isInstance)
        .forEach(registrar -> registrar.registerHints(hints, getClass().getClassLoader()));

    assertThat(reflection().onMethod(TracingPropagationCapability.class, "getOrder"))
        .accepts(hints);
  }

  private static JsonNode metadata() throws IOException {
    try (InputStream json =
        TracingPropagationProperties.class.getResourceAsStream(
            "/META-INF/spring-configuration-metadata.json")) {
      return new ObjectMapper().readTree(json);
    }
  }
}
