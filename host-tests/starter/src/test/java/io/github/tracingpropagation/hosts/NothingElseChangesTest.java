// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Requests without tracing headers: an application with the starter sends, answers and logs what it
 * does without the starter on its class path. Switched off, it does so for any request.
 *
 * <p>One difference is left out. The filter carries all of OpenTelemetry's context to a task of
 * {@code AsyncContext.start}, so the log of such a task has the trace id of OpenTelemetry's tracer.
 */
@Tag("opentelemetry") // not with Brave: each run starts four processes
class NothingElseChangesTest {
  /** The two lines of the starter, which say what it captures and which beans forward. */
  private static final List<String> SAYS =
      List.of("captures with TracingPropagation{", ": Forwarding: ");

  private static final InboundHeaders REQUEST = InboundHeaders.next();

  /** What an application does that can be observed from outside. */
  private record Observed(List<String> sent, List<String> answers, List<String> log) {}

  @Test
  void applicationWithTheStarter_doesTheSame() throws Exception {
    assertSame(
        () -> observe("with-starter", true, Map.of()),
        () -> observe("without-starter", false, Map.of()));
  }

  /** Each way with one client, and each client on one way: nothing of the starter is there. */
  @Test
  void switchedOff_doesTheSame() throws Exception {
    Observed off =
        assertSame(
            () ->
                observe("switched-off", true, REQUEST.all(), "--tracing.propagation.enabled=false"),
            () -> observe("without-starter-headers", false, REQUEST.all()));

    assertThat(off.sent()).noneMatch(call -> call.contains(REQUEST.requestId()));
  }

  /** Compares two applications that run at the same time. */
  private static Observed assertSame(Callable<Observed> application, Callable<Observed> like)
      throws Exception {
    FutureTask<Observed> other = new FutureTask<>(like);
    new Thread(other, "other").start();
    Observed observed = application.call();
    Observed expected = other.get();
    assertThat(observed.sent()).isNotEmpty().isEqualTo(expected.sent());
    assertThat(observed.answers()).isNotEmpty().isEqualTo(expected.answers());
    assertThat(observed.log()).isNotEmpty().isEqualTo(expected.log());
    return observed;
  }

  private static Observed observe(
      String name, boolean starter, Map<String, String> headers, String... arguments)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--scheduled=-");
    ApplicationProcess.Settings settings =
        ApplicationProcess.Settings.of(name)
            .jars(jar -> starter || !isOfTheStarter(jar))
            .arguments(all.toArray(String[]::new));
    List<Way> ways = new ArrayList<>(Way.ALL);
    ways.add(Way.UNAVAILABLE);
    List<String> sent = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    try (Recorder downstream = new Recorder();
        ApplicationProcess application = ApplicationProcess.start(settings, downstream.uri())) {
      for (Way way : ways) {
        if (way.name().startsWith("empty-block") || way.name().equals("deferred-timeout")) {
          continue; // code that knows the library; a second for each call
        }
        boolean each = headers.isEmpty() || way == Way.PLAIN;
        for (String client :
            way.of(application.clients()).sorted().limit(each ? Long.MAX_VALUE : 1).toList()) {
          String row = way.name() + "-" + client;
          answers.add(row + ": " + answer(application, way.name() + "/" + client, row, headers));
          downstream
              .take(row)
              .forEach(
                  call -> {
                    String shown = withoutLength(client, withoutNumbers(call));
                    sent.add(row + ": " + (isOnAnyThread(way) ? withoutFlags(shown) : shown));
                  });
        }
      }
      return new Observed(sent, answers, log(application));
    }
  }

  /** A tracer needs the last one, too. */
  private static boolean isOfTheStarter(String jar) {
    return jar.startsWith("tracing-propagation")
        || Tracer.present() == Tracer.NONE && jar.startsWith("context-propagation");
  }

  private static String answer(
      ApplicationProcess application, String path, String id, Map<String, String> headers)
      throws Exception {
    URI uri = URI.create(application.uri() + "/" + path + "?id=" + id);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    headers.forEach(request::setHeader);
    HttpResponse<String> response =
        RunningApplication.CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    Map<String, List<String>> answered = new TreeMap<>(response.headers().map());
    answered.remove("date");
    return response.statusCode() + " " + answered + " " + response.body();
  }

  /**
   * Removes the one known difference, which docs/spring-boot.md has: in Spring 6 each interceptor
   * makes Reactor Netty send the length of an empty body.
   */
  private static String withoutLength(String client, String call) {
    return client.equals("rest-template-reactor") ? call.replace("content-length=0, ", "") : call;
  }

  /** Ports, and the ids that a tracer makes. */
  private static String withoutNumbers(Map<String, String> call) {
    return call.toString()
        .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1")
        .replaceAll("\\b00-[0-9a-f]{32}-[0-9a-f]{16}-", "");
  }

  /** Returns whether a further call is made on whichever thread the response arrives. */
  private static boolean isOnAnyThread(Way way) {
    return way.name().matches("retry-.*|mono-second|(capture|second|backoff)-block");
  }

  /** It depends on the thread whether a tracer begins a trace, which it marks as random. */
  private static String withoutFlags(String call) {
    return call.replaceAll("traceparent=[0-9a-f]{2}", "traceparent=");
  }

  /** Lines without the time, the process and its threads, durations, and the ids of a tracer. */
  private static List<String> log(ApplicationProcess application) {
    return application
        .output()
        .lines()
        .filter(line -> SAYS.stream().noneMatch(line::contains))
        .filter(line -> !line.contains("calls async-context-")) // see the comment of the class
        .map(
            line ->
                line.replaceAll("^\\S+Z? +", "")
                    .replaceAll("[0-9a-f]{32}-[0-9a-f]{16}", "trace")
                    .replaceAll("--- \\[[^\\]]*\\]", "---")
                    .replaceAll("BeanFactory id=\\S+", "BeanFactory id")
                    .replaceAll("\\d+", "0")
                    .replaceAll("0\\.0", "0"))
        .sorted()
        .toList();
  }
}
