// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.InboundContract.Answers;
import io.github.tracingpropagation.testing.InboundContract.Server;
import io.github.tracingpropagation.testing.RawHttp;
import io.opentelemetry.context.Context;
import jakarta.ws.rs.core.Application;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On an unsupported engine nothing is captured. Each is one that the library cannot load. */
class OtherEngineServerTest {
  private static final int REQUESTS = 1000;
  private static final int WORKERS = 4;
  private static final List<String> LINES = List.of("x-request-id: abc");
  private static final List<String> PATHS =
      List.of(
          "/forward",
          "/suspended",
          "/suspended-streaming",
          "/stage",
          "/streaming",
          "/mapped",
          "/aborted",
          "/locator/sub");

  private final ExecutorService otherThreads = Executors.newFixedThreadPool(2);
  private final ExecutorService clients = Executors.newFixedThreadPool(2 * WORKERS);

  enum HostedEngine {
    JERSEY("org.glassfish.jersey.") {
      @Override
      Server start(Application application) throws Exception {
        return new JerseyServerTest().start(application, WORKERS);
      }
    },
    RESTEASY("org.jboss.resteasy.") {
      @Override
      Server start(Application application) throws Exception {
        return new ResteasyServerTest().start(application, WORKERS);
      }
    },
    CXF("org.apache.cxf.") {
      @Override
      Server start(Application application) throws Exception {
        return new CxfServerTest().start(application, WORKERS);
      }
    };

    private final String packages;

    HostedEngine(String packages) {
      this.packages = packages;
    }

    abstract Server start(Application application) throws Exception;
  }

  @AfterEach
  void stopThreads() {
    otherThreads.shutdownNow();
    clients.shutdownNow();
  }

  @ParameterizedTest
  @EnumSource
  void unknownEngine_forwardsNothing(HostedEngine host) throws Exception {
    Server server = start(host, path -> HeaderLines.current(TracingPropagation.create()));
    try {
      List<Callable<String>> calls =
          IntStream.range(0, REQUESTS)
              .<Callable<String>>mapToObj(i -> () -> forwarded(server.uri(), i))
              .toList();
      List<String> forwarded = new ArrayList<>();
      for (Future<String> call : clients.invokeAll(calls)) {
        forwarded.add(call.get());
      }

      assertThat(forwarded).containsOnly("");
      assertThat(contexts(server)).containsOnly(Context.root());
    } finally {
      server.stop().close();
    }
  }

  /** Makes a request, a fifth of them without headers; returns what it forwards. */
  private static String forwarded(URI server, int number) throws Exception {
    String path = PATHS.get(number % PATHS.size());
    List<String> lines = number % 5 == 0 ? List.of() : List.of("x-request-id: " + number);
    RawHttp.Response response = RawHttp.get(server.resolve(path), lines);
    assertThat(response.status()).as(path).isEqualTo(200);
    return response.body();
  }

  @ParameterizedTest
  @EnumSource
  void unknownEngine_parkedRequest_leavesWorkersClean(HostedEngine host) throws Exception {
    ServerResource resource = new ServerResource(path -> "", otherThreads);
    Server server = start(host, resource, path -> "");
    try (RawHttp connection = RawHttp.connect(server.uri())) {
      connection.send("/parked", LINES);
      var parked = resource.parked.poll(20, TimeUnit.SECONDS);

      assertThat(contexts(server)).containsOnly(Context.root());
      assertThat(parked.resume("late")).isTrue();
      assertThat(connection.receive().body()).isEqualTo("late");
    } finally {
      server.stop().close();
    }
  }

  private Server start(HostedEngine host, Answers answers) throws Exception {
    return start(host, new ServerResource(answers, otherThreads), answers);
  }

  private static Server start(HostedEngine host, ServerResource resource, Answers answers)
      throws Exception {
    Set<Object> singletons =
        Set.copyOf(
            Stream.concat(
                    ServerFilters.all(answers).stream(),
                    Stream.of(
                        resource,
                        new EngineHidingClassLoader(host.packages)
                            .feature(TracingPropagation.create())))
                .toList());
    return host.start(
        new Application() {
          @Override
          @SuppressWarnings("deprecation") // the only standard way to register instances
          public Set<Object> getSingletons() {
            return singletons;
          }
        });
  }

  /** Returns the current context of each worker outside any request. */
  private static List<Context> contexts(Server server) throws Exception {
    CyclicBarrier meeting = new CyclicBarrier(WORKERS);
    List<CompletableFuture<Context>> seen = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      seen.add(
          CompletableFuture.supplyAsync(
              () -> {
                Context context = Context.current();
                try {
                  meeting.await(20, TimeUnit.SECONDS);
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
                return context;
              },
              server.workers()));
    }
    List<Context> contexts = new ArrayList<>();
    for (CompletableFuture<Context> context : seen) {
      contexts.add(context.get(20, TimeUnit.SECONDS));
    }
    return contexts;
  }
}
