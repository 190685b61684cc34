// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static io.github.tracingpropagation.demo.mesh.Sidecars.Direction.INBOUND;
import static io.github.tracingpropagation.demo.mesh.Sidecars.Direction.OUTBOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.bookinfo.RatingsService;
import io.github.tracingpropagation.demo.bookinfo.ServerSettings;
import io.github.tracingpropagation.demo.bookinfo.Service;
import io.github.tracingpropagation.demo.mesh.Sidecars.Route;
import io.github.tracingpropagation.demo.mesh.Sidecars.Sidecar;
import io.github.tracingpropagation.testing.RawHttp;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Concurrent requests on keep-alive connections. */
@Timeout(120)
final class SidecarLoadTest {
  private static final int REQUESTS = 2_000;
  private static final int CONNECTIONS = 64;

  private final SpanRecorder spans = new SpanRecorder();

  @Test
  void concurrentRequests_allGetTheirOwnResponse() throws Exception {
    long start = System.nanoTime();
    Sidecars sidecars = new BuiltInSidecars("test", spans);
    try (Service ratings = RatingsService.start(ServerSettings.local(TracingPropagation.create()));
        Sidecar inbound =
            sidecars.start("ratings", false, 100, new Route(INBOUND, "ratings", ratings.uri("")));
        Sidecar outbound =
            sidecars.start(
                "reviews", false, 100, new Route(OUTBOUND, "ratings", inbound.uri(INBOUND)))) {
      ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS);
      try {
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
          int first = i;
          work.add(() -> get(outbound.uri(OUTBOUND), first));
        }
        int answered = 0;
        for (Future<Integer> connection : connections.invokeAll(work)) {
          answered += connection.get();
        }
        assertThat(answered).isEqualTo(REQUESTS);
      } finally {
        connections.shutdownNow();
      }
    }
    spans.finished(2 * REQUESTS);
    System.out.printf(
        "%d requests, %d connections, through two sidecars: %d ms%n",
        REQUESTS, CONNECTIONS, Duration.ofNanos(System.nanoTime() - start).toMillis());
  }

  private static int get(URI listener, int first) throws Exception {
    int answered = 0;
    try (RawHttp connection = RawHttp.connect(listener)) {
      for (int id = first; id < REQUESTS; id += CONNECTIONS) {
        RawHttp.Response response = connection.get("/ratings/" + id, List.of());
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).startsWith("{\"id\":" + id + ",");
        answered++;
      }
    }
    return answered;
  }
}
