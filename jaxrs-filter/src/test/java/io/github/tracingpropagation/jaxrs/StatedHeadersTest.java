// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.InboundContract.Answers;
import io.github.tracingpropagation.testing.InboundContract.Server;
import io.github.tracingpropagation.testing.RawHttp;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A request states its headers, also none: on a clean thread, and on one where a faulty task has
 * left those of another request.
 */
class StatedHeadersTest {
  private static final Context ANOTHERS =
      HeaderLines.extract(TracingPropagation.create(), List.of("x-request-id: another's", "b3: 1"));
  private static final List<String> PATHS =
      List.of(
          "forward",
          "streaming",
          "stage",
          "suspended",
          "resumed-at-once",
          "mapped",
          "aborted",
          "locator/sub");

  private final ExecutorService otherThreads = Executors.newFixedThreadPool(2);

  @AfterEach
  void stop() {
    otherThreads.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        JerseyServerTest.class,
        JerseyServletServerTest.class,
        ResteasyServerTest.class,
        ResteasyBeneathFilterServerTest.class,
        CxfServerTest.class,
        CxfBeneathFilterServerTest.class
      })
  void rule10_request_statesItsHeadersAlsoNone(Class<? extends JakartaRestServerContract> engine)
      throws Exception {
    Server server = engine.getDeclaredConstructor().newInstance().start(application(), 1);
    try {
      assertRequestsSeeTheirOwn(server, Context.root());
      Scope leak = onWorker(server, ANOTHERS::makeCurrent);
      assertRequestsSeeTheirOwn(server, ANOTHERS);
      onWorker(
          server,
          () -> {
            leak.close();
            return leak;
          });
    } finally {
      server.stop().close();
    }
  }

  private static void assertRequestsSeeTheirOwn(Server server, Context worker) throws Exception {
    for (String path : PATHS) {
      for (List<String> lines : List.of(List.of("x-request-id: mine"), List.<String>of())) {
        RawHttp.Response response = RawHttp.get(server.uri().resolve(path), lines);

        assertThat(response.lines()).as(path).isEqualTo(lines);
        assertThat(onWorker(server, Context::current)).as(path).isSameAs(worker);
      }
    }
  }

  /** Returns the headers that would be forwarded, or that nothing is known of a request. */
  private static String answer(String path) {
    return CapturedHeaders.find(Context.current()) == null
        ? "absent"
        : HeaderLines.current(TracingPropagation.create());
  }

  private Application application() {
    Answers answers = StatedHeadersTest::answer;
    Set<Object> singletons = new HashSet<>(ServerFilters.all(answers));
    singletons.add(new TracingPropagationFeature(TracingPropagation.create()));
    singletons.add(new ServerResource(answers, otherThreads));
    return new Application() {
      @Override
      @SuppressWarnings("deprecation") // the only standard way to register instances
      public Set<Object> getSingletons() {
        return singletons;
      }
    };
  }

  private static <T> T onWorker(Server server, Callable<T> task) throws Exception {
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                return task.call();
              } catch (Exception e) {
                throw new CompletionException(e);
              }
            },
            server.workers())
        .get(20, TimeUnit.SECONDS);
  }
}
