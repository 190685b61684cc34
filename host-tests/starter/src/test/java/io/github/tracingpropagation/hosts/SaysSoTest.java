// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.hosts.starter.mvc.Application;
import io.github.tracingpropagation.hosts.starter.webflux.ReactiveApplication;
import io.github.tracingpropagation.okhttp.OkHttpTracingPropagation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;

/** An application says what it captures and forwards: counters, the actuator, the log. */
@Tag("no-tracer")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class SaysSoTest {
  private static final String PRESENT = "requests{headers=present}";
  private static final String ABSENT = "requests{headers=absent}";
  private static final String FORWARDED = "calls{outcome=forwarded}";
  private static final String WITHHELD = "calls{outcome=withheld}";
  private static final String UNKNOWN_HOST = "refused{cause=unknown-host}";

  private Recorder downstream;

  static class OkHttp {
    @Bean
    OkHttpClient okHttp(TracingPropagation propagation) {
      return OkHttpTracingPropagation.install(new OkHttpClient.Builder(), propagation).build();
    }
  }

  @BeforeAll
  void startDownstream() throws Exception {
    downstream = new Recorder();
  }

  @AfterAll
  void stop() {
    downstream.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = WebApplicationType.class,
      names = {"SERVLET", "REACTIVE"})
  void eachClient_countsEachCallOnce(WebApplicationType type) {
    try (LocalApplication application = start(type)) {
      for (String client : clients(application, type)) {
        InboundHeaders request = InboundHeaders.next();
        assertThat(counted(application, () -> call(application, client, request.all())))
            .as(client)
            .isEqualTo(Map.of(PRESENT, 1, FORWARDED, 1));
        assertThat(counted(application, () -> call(application, client, Map.of())))
            .as(client)
            .isEqualTo(Map.of(ABSENT, 1));
      }
      assertThat(counted(application, () -> okHttp(application)))
          .isEqualTo(Map.of(PRESENT, 1, FORWARDED, 1));
      assertThat(
              counted(
                  application,
                  () -> call(application, "web-client", Map.of("x-b3-sampled", "perhaps"))))
          .isEqualTo(Map.of(ABSENT, 1, "dropped{header=x-b3-sampled,reason=malformed}", 1));
    }
  }

  /** A client with a request factory of the application's own is refused, any other one asked. */
  @ParameterizedTest
  @EnumSource(
      value = WebApplicationType.class,
      names = {"SERVLET", "REACTIVE"})
  void otherHost_isWithheldOrRefusedOnce(WebApplicationType type) {
    try (LocalApplication application = start(type, "tracing.propagation.forward-to=ratings")) {
      List<String> asked = new ArrayList<>();
      for (String client : clients(application, type)) {
        Map<String, Integer> counted =
            counted(application, () -> call(application, client, InboundHeaders.next().all()));
        assertThat(counted)
            .as(client)
            .isIn(Map.of(PRESENT, 1, WITHHELD, 1), Map.of(PRESENT, 1, UNKNOWN_HOST, 1));
        if (counted.containsKey(WITHHELD)) {
          asked.add(client);
        }
      }
      assertThat(asked).contains("web-client");
      if (type == WebApplicationType.SERVLET) {
        assertThat(asked).contains("rest-client", "rest-template", "feign", "http-interface");
      }
      assertThat(counted(application, () -> okHttp(application)))
          .isEqualTo(Map.of(PRESENT, 1, WITHHELD, 1));
      assertThat(application.get("/actuator/tracingpropagation", Map.of()).join())
          .contains("\"client\":\"a WebClient\",\"reason\":\"its connector may follow redirects\"");
    }
  }

  @Test
  void actuator_showsWhatIsInForce(CapturedOutput output) {
    try (LocalApplication application =
        start(WebApplicationType.SERVLET, "management.server.port=0")) {
      Actuator management = Actuator.at(application.property("local.management.port"));
      URI uri = management.uri().resolve("/actuator/");
      String report =
          new Actuator(uri).get("tracingpropagation", InboundHeaders.next().all()).join();

      assertThat(report)
          .contains("\"version\":\"")
          .contains("\"tracing.propagation.providers\":{\"value\":\"all\",\"source\":\"default\"}")
          .contains("\"headers\":[\"x-request-id\",\"b3\",")
          .contains("\"forwarding\":{")
          .contains("\"refused\":[]")
          .doesNotContain("request-1");
      assertThat(output.getOut().lines().filter(line -> line.contains(": Forwarding: ")))
          .hasSize(1);
    }
  }

  private LocalApplication start(WebApplicationType type, String... properties) {
    List<String> all = new ArrayList<>(List.of(properties));
    all.add("management.endpoints.web.exposure.include=tracingpropagation");
    all.add("scheduled=-");
    Class<?> application =
        type == WebApplicationType.SERVLET ? Application.class : ReactiveApplication.class;
    return LocalApplication.start(
        List.of(application, OkHttp.class), type, downstream.uri(), all);
  }

  /** Returns the clients whose calls forward. Blocking ones see no headers in WebFlux. */
  private static List<String> clients(LocalApplication application, WebApplicationType type) {
    String prefix = type == WebApplicationType.SERVLET ? "" : "web-client";
    return application.clients().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  private static void call(
      LocalApplication application, String client, Map<String, String> headers) {
    application.get("/plain/" + client + "?id=counted", headers).join();
  }

  private void okHttp(LocalApplication application) {
    OkHttpClient client = application.context().getBean(OkHttpClient.class);
    Hop.call(
        application,
        "okhttp-",
        id -> {
          Request request = new Request.Builder().url(downstream.uri() + "/" + id).build();
          try {
            client.newCall(request).execute().close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Returns by how much each counter has grown, without those that have not. */
  private static Map<String, Integer> counted(LocalApplication application, Runnable action) {
    Map<String, Integer> before = counts(application);
    action.run();
    Map<String, Integer> grown = new HashMap<>();
    counts(application)
        .forEach(
            (name, count) -> {
              int growth = count - before.getOrDefault(name, 0);
              if (growth != 0) {
                grown.put(name, growth);
              }
            });
    return grown;
  }

  private static Map<String, Integer> counts(LocalApplication application) {
    MeterRegistry registry = application.context().getBean(MeterRegistry.class);
    Map<String, Integer> counts = new HashMap<>();
    for (String name : List.of("requests", "calls", "refused", "dropped")) {
      for (Counter counter : registry.find("tracing.propagation." + name).counters()) {
        String tags =
            counter.getId().getTags().stream()
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .collect(Collectors.joining(","));
        counts.put(name + "{" + tags + "}", (int) counter.count());
      }
    }
    return counts;
  }
}
