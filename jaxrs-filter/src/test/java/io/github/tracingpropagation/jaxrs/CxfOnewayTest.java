// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.InboundContract.Server;
import io.github.tracingpropagation.testing.RawHttp;
import io.opentelemetry.context.Context;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.jaxrs.ext.Oneway;
import org.apache.cxf.phase.PhaseInterceptorChain;
import org.apache.cxf.workqueue.AutomaticWorkQueue;
import org.apache.cxf.workqueue.WorkQueueManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CXF runs a one-way method on a worker thread, and releases the request's thread at once. */
class CxfOnewayTest {
  private static final List<String> LINES = List.of("x-request-id: abc");

  private final Resource resource = new Resource();

  @AfterEach
  void dropBus() {
    BusFactory.clearDefaultBusForAnyThread(BusFactory.getDefaultBus());
  }

  @ParameterizedTest
  @CsvSource({
    "oneway, false",
    "oneway, true",
    "oneway-fails, false",
    "oneway-fails, true",
    "by-header, false",
    "by-header, true"
  })
  void oneway_seesHeadersOfItsRequest_andLeavesThreadsClean(String path, boolean filter)
      throws Exception {
    Server server = start(filter);
    try {
      List<String> lines =
          path.equals("by-header") ? List.of(LINES.get(0), "OnewayRequest: true") : LINES;
      assertThat(RawHttp.get(server.uri().resolve(path), lines).status()).isEqualTo(202);

      assertThat(resource.seen.poll(20, TimeUnit.SECONDS)).isEqualTo(LINES.get(0));
      assertThat(current(server.workers())).isSameAs(Context.root());
      assertThat(current(resource.workers.poll(20, TimeUnit.SECONDS))).isSameAs(Context.root());
    } finally {
      server.stop().close();
    }
  }

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void onewayRejected_requestsThreadIsClean(boolean drop, boolean filter) throws Exception {
    Server server = start(filter);
    Bus bus = busOf(server);
    bus.setProperty("org.apache.cxf.oneway.rejected_execution_exception", drop);
    Queue.use(
        bus,
        work -> {
          throw new RejectedExecutionException();
        });
    try {
      RawHttp.get(server.uri().resolve("oneway"), LINES);

      assertThat(resource.seen.poll(drop ? 1 : 20, TimeUnit.SECONDS))
          .isEqualTo(drop ? null : LINES.get(0));
      assertThat(current(server.workers())).isSameAs(Context.root());
    } finally {
      server.stop().close();
    }
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void onewayOnWorkerWithLeakedContext_seesHeadersOfItsRequest(boolean filter) throws Exception {
    ExecutorService worker = Executors.newSingleThreadExecutor();
    Server server = start(filter);
    try {
      Queue.use(busOf(server), worker);
      worker.execute(CxfOnewayTest::leakHeadersOfAnotherRequest);
      RawHttp.get(server.uri().resolve("oneway"), LINES);
      assertThat(resource.seen.poll(20, TimeUnit.SECONDS)).isEqualTo(LINES.get(0));

      worker.execute(CxfOnewayTest::leakHeadersOfAnotherRequest); // on the next request's worker
      RawHttp.get(server.uri().resolve("oneway"), List.of());
      assertThat(resource.seen.poll(20, TimeUnit.SECONDS)).isEmpty();
    } finally {
      worker.shutdown();
      server.stop().close();
    }
  }

  private Server start(boolean filter) throws Exception {
    CxfServerContract contract = filter ? new CxfBeneathFilterServerTest() : new CxfServerTest();
    Set<Object> singletons =
        Set.of(resource, new TracingPropagationFeature(TracingPropagation.create()));
    return contract.start(
        new Application() {
          @Override
          @SuppressWarnings("deprecation") // the only standard way to register instances
          public Set<Object> getSingletons() {
            return singletons;
          }
        },
        1);
  }

  /** Returns the bus that serves a request: Tomcat's differs from the default one. */
  private Bus busOf(Server server) throws Exception {
    RawHttp.get(server.uri().resolve("oneway"), List.of());
    assertThat(resource.seen.poll(20, TimeUnit.SECONDS)).isEmpty();
    return requireNonNull(resource.buses.poll());
  }

  private static Context current(Executor worker) throws Exception {
    return CompletableFuture.supplyAsync(Context::current, worker).get(20, TimeUnit.SECONDS);
  }

  @SuppressWarnings("MustBeClosedChecker") // the leak of a faulty task
  private static void leakHeadersOfAnotherRequest() {
    HeaderLines.captured("x-request-id: another's").makeCurrent();
  }

  /** Public, since Jakarta REST requires it. */
  @Path("/")
  public static final class Resource {
    final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    final BlockingQueue<Bus> buses = new LinkedBlockingQueue<>();
    final BlockingQueue<Executor> workers = new LinkedBlockingQueue<>();

    /** Runs on a worker of CXF. */
    @GET
    @Oneway
    @Path("oneway")
    public void oneway() {
      see();
    }

    /** Throws on a worker of CXF. */
    @GET
    @Oneway
    @Path("oneway-fails")
    public void onewayFails() {
      see();
      throw new IllegalStateException("the application's own");
    }

    /** Is one-way if the request has CXF's header {@code OnewayRequest}. */
    @GET
    @Path("by-header")
    public void byHeader() {
      see();
    }

    private void see() {
      buses.add(PhaseInterceptorChain.getCurrentMessage().getExchange().getBus());
      workers.add(
          PhaseInterceptorChain.getCurrentMessage()
              .getExchange()
              .getBus()
              .getExtension(WorkQueueManager.class)
              .getAutomaticWorkQueue());
      seen.add(HeaderLines.current(TracingPropagation.create()));
    }
  }

  /** Runs CXF's one-way work on a given executor. */
  private record Queue(Executor workers) implements AutomaticWorkQueue {
    static void use(Bus bus, Executor workers) {
      bus.getExtension(WorkQueueManager.class).addNamedWorkQueue("default", new Queue(workers));
    }

    @Override
    public String getName() {
      return "default";
    }

    @Override
    public void execute(Runnable work) {
      workers.execute(work);
    }

    @Override
    public void execute(Runnable work, long timeout) {
      workers.execute(work);
    }

    @Override
    public void schedule(Runnable work, long delay) {
      throw new UnsupportedOperationException("one-way work is not scheduled");
    }

    @Override
    public void shutdown(boolean processRemainingWorkItems) {}

    @Override
    public boolean isShutdown() {
      return false;
    }
  }
}
