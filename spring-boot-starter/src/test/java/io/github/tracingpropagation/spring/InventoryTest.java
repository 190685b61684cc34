// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static io.github.tracingpropagation.spring.ExecutorApplication.application;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.spring.Inventory.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;

/** What the log says of the beans that forward, and of those that do not. */
@ExtendWith(OutputCaptureExtension.class)
class InventoryTest {
  private static final String DEBUG = "logging.level.io.github.tracingpropagation=debug";
  private static final String REACTOR =
      "Reactor `spring.reactor.context-propagation` (it is not auto, so blocking clients in"
          + " operators forward nothing)";
  private static final String SUMMARY =
      "Forwarding: 2 things; not: "
          + REACTOR
          + ", thing `exempt` (it has @WithoutTracingPropagation), thing `spoilt` (it is spoilt)";

  record Thing(boolean spoilt) {}

  @EnableAutoConfiguration
  static class Application {
    @Bean
    static ForwardingBeans<Thing> things(ConfigurableListableBeanFactory beans) {
      return new ForwardingBeans<>(
          "thing",
          Thing.class,
          (thing, name) ->
              thing.spoilt
                  ? ForwardingBeans.Treated.leftAlone(thing, "it is spoilt")
                  : ForwardingBeans.Treated.forwards(thing),
          beans);
    }

    @Bean
    Thing one() {
      return new Thing(false);
    }

    @Bean
    Thing two() {
      return new Thing(false);
    }

    @Bean
    Thing spoilt() {
      return new Thing(true);
    }

    @Bean
    @WithoutTracingPropagation
    Thing exempt() {
      return new Thing(false);
    }

    @Bean
    @Lazy
    Thing late() {
      return new Thing(false);
    }

    @Bean
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    Thing lateAndSpoilt() {
      return new Thing(true);
    }
  }

  @Test
  void blockingClientsInOperators_areSaidToForwardNothing_unlessThePropertyIsSet() {
    application()
        .run(
            context ->
                assertThat(context.getBean(Inventory.class).entries())
                    .extracting(Inventory.Entry::bean)
                    .contains(BlockingClientConfiguration.PROPERTY));
    application()
        .withPropertyValues(BlockingClientConfiguration.PROPERTY + "=auto")
        .run(
            context ->
                assertThat(context.getBean(Inventory.class).entries())
                    .extracting(Inventory.Entry::bean)
                    .doesNotContain(BlockingClientConfiguration.PROPERTY));
  }

  @Test
  void start_countsInOneLine(CapturedOutput output) {
    try (ConfigurableApplicationContext application = start()) {
      application.getBean("late");
      assertThat(lines(output)).containsExactly(SUMMARY);
    }
  }

  @Test
  void debug_namesEachBean(CapturedOutput output) {
    try (ConfigurableApplicationContext application = start(DEBUG)) {
      application.getBean("late");
      assertThat(lines(output))
          .containsExactly(
              SUMMARY,
              "The Reactor `spring.reactor.context-propagation` does not forward: it is not auto,"
                  + " so blocking clients in operators forward nothing.",
              "The thing `exempt` does not forward: it has @WithoutTracingPropagation.",
              "The thing `one` forwards.",
              "The thing `spoilt` does not forward: it is spoilt.",
              "The thing `two` forwards.",
              "The thing `late` forwards.");
    }
  }

  @Test
  void laterRefusal_isSaidOnce(CapturedOutput output) {
    try (ConfigurableApplicationContext application = start()) {
      application.getBean("lateAndSpoilt");
      application.getBean("lateAndSpoilt");
      assertThat(lines(output))
          .containsExactly(SUMMARY, "The thing `lateAndSpoilt` does not forward: it is spoilt.");
    }
  }

  @Test
  void actuatorOnAPortOfItsOwn_isNoSecondLine(CapturedOutput output) {
    try (ConfigurableApplicationContext application =
        Applications.builder(Application.class, Applications.EMPTY_INVENTORY)
            .properties("management.server.port=0")
            .web(WebApplicationType.SERVLET)
            .run()) {
      assertThat(application.getEnvironment().getProperty("local.management.port")).isNotNull();
      assertThat(lines(output)).containsExactly(SUMMARY);
    }
  }

  @Test
  void lazyInitialization_saysWhatIsThere(CapturedOutput output) {
    try (ConfigurableApplicationContext application =
        start("spring.main.lazy-initialization=true")) {
      assertThat(lines(output))
          .containsExactly("Forwarding: no client or executor bean; not: " + REACTOR);
      application.getBean("spoilt");
      assertThat(lines(output)).hasSize(2);
    }
  }

  @Test
  void summary_isInPlainWords() {
    List<Entry> entries =
        List.of(
            new Entry("RestTemplate", "a", null),
            new Entry("RestTemplate", "b", null),
            new Entry("WebClient.Builder", "c", null),
            new Entry("circuit breaker factory", "d", null),
            new Entry("circuit breaker factory", "e", null),
            new Entry("executor", "f", null),
            new Entry("executor", "g", "it is a scheduler"),
            new Entry("executor", "h", "it has a PriorityBlockingQueue"),
            new Entry("executor", "i", "it is a scheduler"));

    assertThat(InventorySummary.of(entries))
        .isEqualTo(
            "Forwarding: 2 RestTemplate, 1 WebClient.Builder, 2 circuit breaker factories, 1"
                + " executor; not: executors `g`, `i` (it is a scheduler), executor `h` (it has a"
                + " PriorityBlockingQueue)");
    assertThat(InventorySummary.of(List.of(new Entry("executor", "g", "it is a scheduler"))))
        .isEqualTo("Forwarding: no client or executor bean; not: executor `g` (it is a scheduler)");
  }

  private static ConfigurableApplicationContext start(String... properties) {
    return Applications.builder(Application.class, properties)
        .properties(Applications.EMPTY_INVENTORY)
        .web(WebApplicationType.NONE)
        .run();
  }

  /** Returns what the inventory has logged, without what is before the message. */
  private static List<String> lines(CapturedOutput output) {
    return output
        .getOut()
        .lines()
        .filter(line -> line.contains("Inventory "))
        .map(line -> line.substring(line.indexOf(" : ") + 3))
        .toList();
  }
}
