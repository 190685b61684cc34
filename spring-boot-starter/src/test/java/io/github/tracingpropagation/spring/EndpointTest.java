// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OnceLogger;
import io.github.tracingpropagation.testing.RawHttp;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** The actuator's endpoint, by HTTP. */
class EndpointTest {
  private static final String EXPOSED =
      "management.endpoints.web.exposure.include=tracingpropagation";

  @Test
  void settings_haveTheirSources() throws Exception {
    try (ConfigurableApplicationContext application =
        start(
            WebApplicationType.SERVLET,
            "--tracing.propagation.providers[0]=zipkin",
            "--tracing.propagation.forward-to=127.0.0.1",
            "--tracing.propagation.beans.rest-template=false")) {
      JsonNode report = report(application);

      assertSetting(
          report,
          "providers",
          "[ZIPKIN]",
          "\"tracing.propagation.providers[0]\" from property source \"commandLineArgs\"");
      assertSetting(
          report,
          "forward-to",
          "hosts(127.0.0.1)",
          "\"tracing.propagation.forward-to\" from property source \"commandLineArgs\"");
      assertSetting(report, "max-value-length", "4096", "default");
      assertSetting(report, "reactor", "true", "default");
      assertSetting(
          report,
          "beans.rest-template",
          "false",
          "\"tracing.propagation.beans.rest-template\" from property source \"commandLineArgs\"");
      assertThat(texts(report.get("headers"))).contains("x-request-id", "b3").doesNotContain("sw8");
      assertThat(report.get("version").asText()).isNotEmpty();
    }
  }

  /** The environment may have properties that a bean of the application does not read. */
  @Test
  void ownBean_hasItsOwnSources() throws Exception {
    TracingPropagation own = TracingPropagation.builder().maxValueLength(9).build();
    try (ConfigurableApplicationContext application =
        Applications.builder(InventoryTest.Application.class, EXPOSED)
            .initializers(it -> it.getBeanFactory().registerSingleton("own", own))
            .run("--tracing.propagation.max-value-length=7")) {
      assertSetting(report(application), "max-value-length", "9", "code");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SERVLET", "REACTIVE"})
  void beansAndRefusals_areShown(WebApplicationType type) throws Exception {
    try (ConfigurableApplicationContext application = start(type)) {
      for (int i = 0; i < 3; i++) {
        OnceLogger.of(EndpointTest.class)
            .mayReachOtherHost(
                application.getBean(TracingPropagation.class), "a client", "it follows", "Stop.");
      }
      JsonNode report = report(application);

      assertThat(texts(report.at("/forwarding/thing"))).containsExactly("one", "two");
      assertThat(report.at("/notForwarding/2").toString())
          .isEqualTo("{\"kind\":\"thing\",\"bean\":\"spoilt\",\"reason\":\"it is spoilt\"}");
      assertThat(report.get("refused").toString())
          .isEqualTo("[{\"client\":\"a client\",\"reason\":\"it follows\",\"times\":3}]");
    }
  }

  @Test
  void notExposed_isNotThere() {
    try (ConfigurableApplicationContext application =
        Applications.builder(InventoryTest.Application.class).run()) {
      assertThat(application.getBeanProvider(TracingPropagationEndpoint.class)).isEmpty();
      assertThat(application.getBeanProvider(Refusals.class)).isEmpty();
    }
  }

  @Test
  void switches_areAllShown() {
    TracingPropagationProperties properties =
        Applications.start(null).getBean(TracingPropagationProperties.class);
    List<String> expected = new ArrayList<>();
    switches(TracingPropagationProperties.class, "").forEach(expected::add);
    switches(TracingPropagationProperties.Beans.class, "beans.").forEach(expected::add);

    assertThat(properties.switches().keySet())
        .containsExactlyInAnyOrderElementsOf(
            expected.stream().map(name -> "tracing.propagation." + name).toList());
  }

  @Test
  void refusals_areBounded() {
    Refusals refusals = new Refusals();
    for (int i = 0; i < 2 * Refusals.MAX; i++) {
      refusals.refused(Refusals.RefusalCause.UNKNOWN_HOST, "client " + i, "reason");
    }
    assertThat(refusals.all()).hasSize(Refusals.MAX);
  }

  private static Stream<String> switches(Class<?> type, String prefix) {
    return Arrays.stream(type.getRecordComponents())
        .filter(component -> component.getType() == boolean.class)
        .map(RecordComponent::getName)
        .map(name -> prefix + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
  }

  private static ConfigurableApplicationContext start(WebApplicationType type, String... args) {
    return Applications.builder(InventoryTest.Application.class, EXPOSED)
        .properties(Applications.EMPTY_INVENTORY)
        .web(type)
        .run(args);
  }

  private static JsonNode report(ConfigurableApplicationContext application) throws Exception {
    String port = application.getEnvironment().getRequiredProperty("local.server.port");
    URI uri = URI.create("http://127.0.0.1:" + port + "/actuator/tracingpropagation");
    RawHttp.Response response = RawHttp.get(uri, List.of("x-request-id: secret"));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).doesNotContain("secret");
    return new ObjectMapper().readTree(response.body());
  }

  private static void assertSetting(JsonNode report, String name, String value, String source) {
    JsonNode setting = report.get("settings").get("tracing.propagation." + name);
    assertThat(setting.get("value").asText()).isEqualTo(value);
    assertThat(setting.get("source").asText()).isEqualTo(source);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
