// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OnceLogger;
import io.github.tracingpropagation.testing.HeaderLines;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.http.client.HttpClientAutoConfiguration;
import org.springframework.boot.autoconfigure.web.client.RestClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.RestClient;

/** Micrometer's counters. */
class MetersTest {
  private static final URI RATINGS = URI.create("http://ratings:9080/");

  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(TracingPropagationAutoConfiguration.class));

  @Test
  void counters_areThereFromTheStart() {
    application
        .withBean(SimpleMeterRegistry.class)
        .run(
            context ->
                assertThat(counts(context.getBean(MeterRegistry.class)))
                    .isEqualTo(
                        new TreeMap<>(
                            Map.of(
                                "tracing.propagation.calls{outcome=forwarded}", 0,
                                "tracing.propagation.calls{outcome=withheld}", 0,
                                "tracing.propagation.refused{cause=unknown-caller}", 0,
                                "tracing.propagation.refused{cause=unknown-host}", 0,
                                "tracing.propagation.requests{headers=absent}", 0,
                                "tracing.propagation.requests{headers=present}", 0))));
  }

  @Test
  void eachEvent_isCounted() {
    application
        .withBean(SimpleMeterRegistry.class)
        .withPropertyValues(
            "tracing.propagation.forward-to=ratings",
            "tracing.propagation.additional-headers=end-user")
        .run(
            context -> {
              TracingPropagation propagation = context.getBean(TracingPropagation.class);
              CapturedHeaders captured =
                  propagation.capture(
                      HeaderLines.fields(
                          List.of("x-request-id: 1", "x-b3-sampled: ?", "end-user: \u00fc")));
              propagation.capture(HeaderLines.fields(List.of()));
              Context request = captured.storeInContext(Context.root());
              propagation.inject(request, RATINGS, this, (to, name, value) -> {});
              propagation.inject(
                  request, URI.create("http://details/"), this, (to, name, value) -> {});
              OnceLogger logger = OnceLogger.of(MetersTest.class);
              logger.mayReachOtherHost(propagation, "a client", "it follows", "Stop.");
              logger.mayReachOtherHost(propagation, "a client", "it follows", "Stop.");
              logger.notForwarded(propagation, "a client", "who calls", "Say so.");

              assertThat(counts(context.getBean(MeterRegistry.class)))
                  .isEqualTo(
                      new TreeMap<>(
                          Map.of(
                              "tracing.propagation.calls{outcome=forwarded}", 1,
                              "tracing.propagation.calls{outcome=withheld}", 1,
                              "tracing.propagation.dropped{header=end-user,reason=malformed}", 1,
                              "tracing.propagation.dropped{header=x-b3-sampled,reason=malformed}",
                                  1,
                              "tracing.propagation.refused{cause=unknown-caller}", 1,
                              "tracing.propagation.refused{cause=unknown-host}", 2,
                              "tracing.propagation.requests{headers=absent}", 1,
                              "tracing.propagation.requests{headers=present}", 1)));
            });
  }

  @Test
  void ownBean_isCounted() {
    application
        .withBean(SimpleMeterRegistry.class)
        .withBean(
            TracingPropagation.class,
            () -> TracingPropagation.builder().forwardTo(Destinations.inMesh()).build())
        .run(
            context -> {
              context.getBean(TracingPropagation.class).capture(HeaderLines.fields(List.of()));
              assertThat(counts(context.getBean(MeterRegistry.class)))
                  .containsEntry("tracing.propagation.requests{headers=absent}", 1);
            });
  }

  /** Such as one that exports by a client from Spring Boot's builder. */
  @Test
  void registryThatNeedsAClient_isNoCycle() {
    application
        .withConfiguration(
            AutoConfigurations.of(
                HttpClientAutoConfiguration.class, RestClientAutoConfiguration.class))
        .withUserConfiguration(Exporting.class)
        .run(
            context -> {
              context.getBean(TracingPropagation.class).capture(HeaderLines.fields(List.of()));
              assertThat(counts(context.getBean(MeterRegistry.class)))
                  .containsEntry("tracing.propagation.requests{headers=absent}", 1);
            });
  }

  static class Exporting {
    @Bean
    MeterRegistry exporting(RestClient.Builder builder, ObjectProvider<TracingPropagation> all) {
      builder.build();
      all.getObject();
      return new SimpleMeterRegistry();
    }
  }

  @Test
  void noRegistry_orSeveral_isNoReasonNotToStart() {
    application.run(
        context -> {
          context.getBean(TracingPropagation.class).capture(HeaderLines.fields(List.of()));
          assertThat(context).hasNotFailed();
        });
    application
        .withBean("one", SimpleMeterRegistry.class)
        .withBean("two", SimpleMeterRegistry.class)
        .run(context -> assertThat(context).hasNotFailed());
  }

  private static Map<String, Integer> counts(MeterRegistry registry) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Meter meter : registry.getMeters()) {
      String tags =
          meter.getId().getTags().stream()
              .map(tag -> tag.getKey() + "=" + tag.getValue())
              .collect(Collectors.joining(","));
      meter
          .measure()
          .forEach(
              measured ->
                  counts.put(
                      meter.getId().getName() + "{" + tags + "}", (int) measured.getValue()));
    }
    return counts;
  }
}
