// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.PropagationObserver;
import io.github.tracingpropagation.testing.Downstream;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Beans of the type {@link PropagationObserver} that an application defines. */
class OwnObserversTest {
  private final Downstream ratings = Downstream.start();

  static final class Events implements PropagationObserver {
    final BlockingQueue<String> all = new LinkedBlockingQueue<>();

    @Override
    public void captured(CapturedHeaders captured) {
      all.add("captured " + captured.requestId());
    }

    @Override
    public void dropped(String header, DropReason reason) {
      all.add("dropped " + header + " " + reason);
    }

    @Override
    public void forwarded() {
      all.add("forwarded");
    }

    @Override
    public void withheld() {
      all.add("withheld");
    }

    @Override
    public void refused(RefusalCause cause, String client, String reason) {
      all.add("refused " + cause);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application extends WebTest.Application {
    @Bean
    @Order(1)
    PropagationObserver failing() {
      return new PropagationObserver() {
        @Override
        public void captured(CapturedHeaders captured) {
          throw new IllegalStateException("as the test wants it");
        }
      };
    }

    @Bean
    @Order(2)
    Events events() {
      return new Events();
    }
  }

  static class OwnSettings extends Application {
    @Bean
    TracingPropagation own() {
      return TracingPropagation.builder().forwardTo(Destinations.hosts("other")).build();
    }
  }

  @AfterEach
  void stop() {
    ratings.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVLET", "REACTIVE"})
  void observerBean_isToldOfRequestsAndCalls(WebApplicationType server) throws Exception {
    assertThat(events(Application.class, server))
        .containsExactly(
            "dropped x-b3-sampled MALFORMED",
            "captured 1",
            "forwarded",
            "forwarded",
            "captured null");
    assertThat(events(Application.class, server, "tracing.propagation.forward-to=other"))
        .containsExactly(
            "dropped x-b3-sampled MALFORMED",
            "captured 1",
            "withheld",
            "withheld",
            "captured null");
  }

  /** Spring Boot's clients follow redirects, if no property names the hosts. */
  @Test
  void observerBean_isToldOfAPropagationBean() throws Exception {
    assertThat(events(OwnSettings.class, WebApplicationType.SERVLET))
        .containsExactly(
            "refused UNKNOWN_HOST",
            "dropped x-b3-sampled MALFORMED",
            "captured 1",
            "captured null");
  }

  /** Returns what an observer is told of a request that calls twice, and of one without headers. */
  private List<String> events(Class<?> type, WebApplicationType server, String... properties)
      throws Exception {
    try (ConfigurableApplicationContext application =
        Applications.builder(type, properties).web(server).run()) {
      WebTest.get(application, ratings, List.of("x-request-id: 1", "x-b3-sampled: ?"));
      WebTest.get(application, ratings, List.of());
      return List.copyOf(application.getBean(Events.class).all);
    }
  }
}
