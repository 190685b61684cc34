// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.adapter.CapturedHeadersSource;
import io.github.tracingpropagation.testing.ReflectiveCalls;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.context.spi.ThreadContextProvider;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;
import org.junit.jupiter.api.Test;

/** What the jar tells the builder of a native image is all that it finds by reflection. */
class NativeHintsTest {
  private static final Path META_INF = Path.of("src/main/resources/META-INF");
  private static final Path CONFIG =
      META_INF.resolve(
          "native-image/io.github.tracingpropagation/tracing-propagation-quarkus-rest");

  /** Quarkus takes these while it builds the application. */
  private static final Set<String> AT_BUILD_TIME =
      Set.of(BuildCompatibleExtension.class.getName(), ThreadContextProvider.class.getName());

  @Test
  void services_areRegistered() throws Exception {
    List<Path> services;
    try (Stream<Path> files = Files.list(META_INF.resolve("services"))) {
      services =
          files
              .filter(it -> !AT_BUILD_TIME.contains(it.getFileName().toString()))
              .sorted()
              .toList();
    }
    JsonArray registered = new JsonArray(Files.readString(CONFIG.resolve("reflect-config.json")));
    JsonArray resources =
        new JsonObject(Files.readString(CONFIG.resolve("resource-config.json")))
            .getJsonObject("resources")
            .getJsonArray("includes");
    JsonArray constructor = new JsonArray("[{\"name\": \"<init>\", \"parameterTypes\": []}]");

    assertThat(services)
        .extracting(it -> it.getFileName().toString())
        .containsExactly(CapturedHeadersSource.class.getName(), RestClientListener.class.getName());
    for (Path service : services) {
      assertThat(resources)
          .anyMatch(
              it ->
                  ("META-INF/services/" + service.getFileName())
                      .matches(((JsonObject) it).getString("pattern")));
      for (String provider : Files.readAllLines(service)) {
        assertThat(registered)
            .contains(new JsonObject().put("name", provider).put("methods", constructor));
      }
    }
  }

  /**
   * Of the class that runs in the application: methods that SmallRye registers if it needs them.
   */
  @Test
  void reflectiveCalls_areOfTheBuild() throws Exception {
    assertThat(ReflectiveCalls.in(FaultTolerance.class))
        .containsExactly(
            "FaultTolerance: Class.forName",
            "Grpc: Class.forName",
            "NewClientListener: Class.getMethods");
    assertThat(BuildCompatibleExtension.class).isAssignableFrom(FaultTolerance.class);
    assertThat(BuildCompatibleExtension.class).isAssignableFrom(Grpc.class);
  }
}
