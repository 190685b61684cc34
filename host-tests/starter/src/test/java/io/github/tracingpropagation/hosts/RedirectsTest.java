// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.adapter.NewMessages;
import io.github.tracingpropagation.hosts.starter.mvc.Application;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A redirect to another host, for each library that Spring Boot's clients can have. */
@Tag("no-tracer")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith({OutputCaptureExtension.class, NewMessages.class})
class RedirectsTest {
  private static final String HOSTS = "tracing.propagation.forward-to=127.0.0.1";
  private static final String INFO =
      "Clients of Spring Boot do not follow redirects by default, because"
          + " tracing.propagation.forward-to names hosts.";

  /** The same setting in Spring Boot 3, twice, and in 4. */
  private static final List<String> FOLLOW =
      Stream.of("client", "reactiveclient", "clients")
          .map(clients -> "spring.http." + clients + ".redirects=follow")
          .toList();

  private Recorder downstream;

  @BeforeAll
  void startDownstream() throws IOException {
    downstream = new Recorder();
  }

  @AfterAll
  void stop() {
    downstream.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "http-components", "jetty", "reactor", "simple"})
  void hostsAreNamed_noClientFollows(String library, CapturedOutput output) {
    try (LocalApplication application = start(library, List.of(HOSTS))) {
      for (String client : clients(library)) {
        InboundHeaders request = InboundHeaders.next();

        assertThat(answer(application, client, request)).as(client).isEqualTo("moved");
        assertThat(calls("redirect-" + request.id())).as(client).containsExactly(Outcome.OWN);
        assertThat(calls(request.id())).as(client).isEmpty();
      }
    }
    assertThat(output.getAll()).containsOnlyOnce(INFO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "http-components", "jetty", "reactor", "simple"})
  void applicationFollows_nothingIsForwarded(String library, CapturedOutput output) {
    List<String> settings = new ArrayList<>(FOLLOW);
    settings.add(HOSTS);
    try (LocalApplication application = start(library, settings)) {
      for (String client : clients(library)) {
        InboundHeaders request = InboundHeaders.next();

        assertThat(answer(application, client, request)).as(client).isEqualTo(request.id());
        assertThat(calls("redirect-" + request.id())).as(client).containsExactly(Outcome.NOTHING);
        assertThat(calls(request.id())).as(client).containsExactly(Outcome.NOTHING);
      }
    }
    assertThat(output.getAll())
        .contains("No tracing headers are forwarded with RestClient and RestTemplate")
        .contains("No tracing headers are forwarded with WebClient");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "http-components", "jetty", "reactor", "simple"})
  void anyHost_clientsFollowAndForward(String library, CapturedOutput output) {
    try (LocalApplication application = start(library, List.of())) {
      for (String client : clients(library)) {
        InboundHeaders request = InboundHeaders.next();

        assertThat(answer(application, client, request)).as(client).isEqualTo(request.id());
        assertThat(calls("redirect-" + request.id())).as(client).containsExactly(Outcome.OWN);
        assertThat(calls(request.id())).as(client).containsExactly(Outcome.OWN);
      }
    }
    assertThat(output.getAll()).doesNotContain(INFO).doesNotContain("follow redirects");
  }

  private static List<String> clients(String library) {
    List<String> blocking = List.of("rest-client", "rest-template", "http-interface");
    return library.equals("simple")
        ? blocking // which WebClient cannot use
        : Stream.concat(blocking.stream(), Stream.of("web-client")).toList();
  }

  private LocalApplication start(String library, List<String> settings) {
    List<String> properties = new ArrayList<>(settings);
    properties.add("spring.http.client.factory=" + library);
    properties.add("spring.http.clients.imperative.factory=" + library);
    if (!library.equals("simple")) {
      properties.add("spring.http.reactiveclient.connector=" + library);
      properties.add("spring.http.clients.reactive.connector=" + library);
    }
    return LocalApplication.start(
        List.of(Application.class), WebApplicationType.SERVLET, downstream.uri(), properties);
  }

  private static String answer(
      RunningApplication application, String client, InboundHeaders request) {
    String path = "/plain/" + client + "?id=redirect-" + request.id();
    return application.get(path, request.all()).join();
  }

  private List<Outcome> calls(String id) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Map<String, String> call : downstream.take(id)) {
      outcomes.add(Outcome.of(owner(id), call, List.of(), false));
    }
    return outcomes;
  }

  private static InboundHeaders owner(String id) {
    return new InboundHeaders(Long.parseLong(id.replaceAll("\\D", "")));
  }
}
