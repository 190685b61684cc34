// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.adapter.NewMessages;
import io.github.tracingpropagation.hosts.starter.coroutines.CoroutineApplication;
import io.github.tracingpropagation.hosts.starter.coroutines.Gate;
import io.github.tracingpropagation.hosts.starter.webflux.NettyServer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import reactor.core.publisher.Hooks;

/**
 * Suspending controllers: each call forwards the headers of its own request, whatever thread or
 * other request resumes the coroutine.
 */
@Tag("opentelemetry") // not with Brave: an application for each mode
class CoroutinesTest {
  private static final int REQUESTS = 5; // one of them without headers
  private static final List<String> CLIENTS = List.of("thread", "web", "interface", "retrofit");
  private static final String AUTO = "spring.reactor.context-propagation=auto";
  private static final String FILTER = "co-web-filter=true";

  private final Map<String, Integer> wrong = new TreeMap<>();
  private Recorder downstream;
  private RunningApplication application;

  private enum Mode {
    MVC(WebApplicationType.SERVLET),
    MVC_AUTO(WebApplicationType.SERVLET, AUTO),
    WEBFLUX(WebApplicationType.REACTIVE),
    WEBFLUX_AUTO(WebApplicationType.REACTIVE, AUTO),
    WEBFLUX_FILTER(WebApplicationType.REACTIVE, FILTER),
    WEBFLUX_FILTER_AUTO(WebApplicationType.REACTIVE, FILTER, AUTO);

    private final WebApplicationType type;
    private final List<String> properties;

    Mode(WebApplicationType type, String... properties) {
      this.type = type;
      this.properties = List.of(properties);
    }

    RunningApplication start(String downstream, Class<?>... more) {
      List<Class<?>> sources = new ArrayList<>(List.of(CoroutineApplication.class));
      sources.addAll(List.of(more));
      if (type == WebApplicationType.REACTIVE) {
        sources.add(NettyServer.class);
      }
      return LocalApplication.start(sources, type, downstream, properties);
    }
  }

  static Set<Mode> modes() {
    return Tracer.present() == Tracer.NONE
        ? EnumSet.allOf(Mode.class)
        : EnumSet.of(Mode.MVC, Mode.WEBFLUX_FILTER_AUTO);
  }

  @AfterEach
  void stop() {
    application.close();
    downstream.close();
    Hooks.disableAutomaticContextPropagation(); // Spring Boot leaves it on in this JVM
  }

  @ParameterizedTest
  @MethodSource("modes")
  void calls_haveTheHeadersOfTheirRequest(Mode mode) throws Exception {
    downstream = new Recorder();
    application = mode.start(downstream.uri());

    for (String way : List.of("plain", "delay", "io", "child", "background", "after-nothing")) {
      callEach(way, Outcome.OWN);
    }
    callEach("nothing", Outcome.NOTHING);
    meet("waits/mutex", "opens");
    meet("waits/mutex", "opens-on-io");
    meet("waits/deferred", "opens-late");
    meet("waits/deferred", "opens-on-io");
    meet("waits/channel", "opens");
    meet("waits/channel", "opens-plainly");
    meet("flow/deferred", "opens-plainly");
    meet("flow/deferred", "opens-on-io");
    meet("suspending-flow/deferred", "opens-plainly");
    meet("suspending-flow/deferred", "opens-on-io");
    if (mode.type == WebApplicationType.REACTIVE) {
      meet("router/mutex", "opens-on-io");
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void registrationsOfTheApplication_remain() throws Exception {
    downstream = new Recorder();
    application = Mode.MVC.start(downstream.uri(), OwnMapping.class);

    callEach("delay", Outcome.OWN);
    assertThat(wrong).isEmpty();
    assertThat(((LocalApplication) application).context().getBeansOfType(OwnMapping.Mapping.class))
        .hasSize(1);
  }

  /** Spring Boot does not make the adapter then. */
  @Configuration(proxyBeanMethods = false)
  @EnableWebMvc
  static class OwnAdapter {}

  @Test
  @ExtendWith({OutputCaptureExtension.class, NewMessages.class})
  void adapterThatSpringBootHasNotMade_forwardsNothing_andSaysSoOnce(CapturedOutput output)
      throws Exception {
    downstream = new Recorder();
    application = Mode.MVC.start(downstream.uri(), OwnAdapter.class);

    callEach("plain", Outcome.NOTHING);
    callEach("delay", Outcome.NOTHING);
    assertThat(wrong).isEmpty();
    assertThat(output.toString())
        .containsOnlyOnce("No tracing headers are forwarded with suspending controllers");
  }

  private void callEach(String way, Outcome outcome) {
    List<Sent> sent = IntStream.range(0, REQUESTS).mapToObj(n -> send(way, n)).toList();
    sent.forEach(request -> check(request, way, outcome));
  }

  /** Requests wait in coroutines; others open their gates and so run them on their threads. */
  private void meet(String waits, String opens) throws Exception {
    List<Sent> waiting = new ArrayList<>();
    List<String> gates = new ArrayList<>();
    for (int n = 0; n < REQUESTS; n++) {
      String gate = waits.substring(waits.indexOf('/') + 1) + "-" + InboundHeaders.next().number();
      waiting.add(send(waits.replaceAll("/.*", "/") + gate, n));
      gates.add(gate);
    }
    for (String gate : gates) {
      assertThat(Gate.somebodyWaitsAt(gate).await(60, TimeUnit.SECONDS)).as(gate).isTrue();
    }
    List<Sent> opening = new ArrayList<>();
    for (int n = 0; n < REQUESTS; n++) {
      opening.add(send(opens + "/" + gates.get(n), n + 2));
    }
    opening.forEach(request -> check(request, opens + " for " + waits, Outcome.OWN));
    waiting.forEach(request -> check(request, waits + " for " + opens, Outcome.OWN));
  }

  private record Sent(InboundHeaders request, boolean headers, CompletableFuture<String> answer) {}

  private Sent send(String path, int n) {
    InboundHeaders request = InboundHeaders.next();
    boolean headers = n % REQUESTS != 0;
    String query = "?id=" + request.id();
    return new Sent(
        request, headers, application.get("/" + path + query, headers ? request.all() : Map.of()));
  }

  private void check(Sent sent, String row, Outcome expected) {
    String answer = sent.answer().join();
    assertThat(answer).as(row).contains(sent.request().id());
    int calls = 0;
    for (String client : CLIENTS) {
      for (Map<String, String> call : downstream.take(sent.request().id() + "-" + client)) {
        calls++;
        InboundHeaders request = sent.headers() ? sent.request() : null;
        Outcome outcome = Outcome.of(request, call, tracersFamily(client), true);
        boolean right = outcome == (sent.headers() ? expected : Outcome.NOTHING);
        boolean lost = row.startsWith("suspending-flow") && outcome == Outcome.NOTHING;
        if (!right && !lost) {
          wrong.merge(row + ", " + client + ": " + outcome, 1, Integer::sum);
        }
      }
    }
    assertThat(calls > 0 || row.startsWith("opens-plainly")).as(row).isTrue();
  }

  /** A tracer writes into the requests of Spring's clients, and has no part in coroutines. */
  private static List<String> tracersFamily(String client) {
    boolean traced = client.equals("web") || client.equals("interface");
    return traced && Tracer.present() != Tracer.NONE ? List.of("traceparent") : List.of();
  }
}
