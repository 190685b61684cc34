// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.faulttolerance.api.Guard;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.context.ThreadContext;
import org.eclipse.microprofile.faulttolerance.Asynchronous;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** SmallRye Fault Tolerance around a call, on whatever thread it runs it. */
@Path("fault-tolerance")
public class FaultTolerantResource {
  private static final TypeLiteral<Uni<String>> UNI = new TypeLiteral<>() {};

  private final Guard guard =
      Guard.create().withBulkhead().limit(2).queueSize(100).done().build();

  @Inject Calls calls;

  @Inject ThreadContext threads;

  @RestClient Ratings ratings;

  @RestClient GuardedRatings guarded;

  @GET
  @Path("retry")
  public String retry(@QueryParam("n") String n) {
    return calls.retry(n);
  }

  @GET
  @Path("retry-uni")
  public Uni<String> retryUni(@QueryParam("n") String n) {
    return calls.retryUni(n);
  }

  @GET
  @Path("timeout")
  public String timeout(@QueryParam("n") String n) {
    return calls.timeout(n);
  }

  @GET
  @Path("bulkhead")
  public CompletionStage<String> bulkhead(@QueryParam("n") String n) {
    return calls.bulkhead(n);
  }

  @GET
  @Path("bulkhead-uni")
  public Uni<String> bulkheadUni(@QueryParam("n") String n) {
    return calls.bulkheadUni(n);
  }

  @GET
  @Path("bulkhead-blocking-uni")
  @Blocking
  public Uni<String> bulkheadBlockingUni(@QueryParam("n") String n) {
    return calls.bulkheadUni(n);
  }

  @GET
  @Path("asynchronous-bulkhead")
  public CompletionStage<String> asynchronousBulkhead(@QueryParam("n") String n) {
    return calls.asynchronousBulkhead(n);
  }

  @GET
  @Path("bulkhead-client")
  public Uni<String> bulkheadClient(@QueryParam("n") String n) {
    return guarded.guarded(n);
  }

  @GET
  @Path("guard")
  public Uni<String> guard(@QueryParam("n") String n) throws Exception {
    // docs: quarkus guard
    return guard.call(threads.contextualCallable(() -> ratings.uni(n)), UNI);
    // docs: end
  }

  @GET
  @Path("circuit-breaker")
  public Uni<String> circuitBreaker(@QueryParam("n") String n) {
    return calls.circuitBreaker(n);
  }

  /** Its retries fail the first attempt of each request. */
  @Singleton
  public static class Calls {
    private final Set<String> attempted = ConcurrentHashMap.newKeySet();

    @RestClient Ratings ratings;

    @Retry(maxRetries = 2, delay = 5, jitter = 2)
    public String retry(String n) {
      String answer = ratings.get(n);
      failFirst(n);
      return answer;
    }

    @Retry(maxRetries = 2, delay = 5, jitter = 2)
    public Uni<String> retryUni(String n) {
      return ratings
          .uni(n)
          .invoke(answer -> failFirst(n));
    }

    private void failFirst(String n) {
      if (attempted.add(n)) {
        throw new IllegalStateException("first attempt");
      }
    }

    @Timeout(20_000)
    public String timeout(String n) {
      return ratings.get(n);
    }

    @Bulkhead(value = 2, waitingTaskQueue = 100)
    public CompletionStage<String> bulkhead(String n) {
      return ratings.stage(n);
    }

    @Bulkhead(value = 2, waitingTaskQueue = 100)
    public Uni<String> bulkheadUni(String n) {
      return ratings.uni(n);
    }

    @Asynchronous
    @Bulkhead(value = 2, waitingTaskQueue = 100)
    public CompletionStage<String> asynchronousBulkhead(String n) {
      return ratings.stage(n);
    }

    @CircuitBreaker
    public Uni<String> circuitBreaker(String n) {
      return ratings.uni(n);
    }
  }
}
