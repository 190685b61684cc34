// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Scope;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.context.ThreadContext;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Chains that another request completes, and work that outlives its request. */
@Path("/")
@Singleton
public class ChainsResource {
  private final Queue<UniEmitter<? super String>> parked = new ConcurrentLinkedQueue<>();
  private final Queue<CompletableFuture<String>> futures = new ConcurrentLinkedQueue<>();
  private final Queue<Promise<String>> promises = new ConcurrentLinkedQueue<>();
  private final AtomicInteger arrived = new AtomicInteger();
  private volatile Uni<String> memoized = newMemoized();

  @RestClient Ratings ratings;

  @Inject ThreadContext threads;

  @Inject Vertx vertx;

  private Uni<String> newMemoized() {
    return Uni.createFrom()
        .item("ok")
        .onItem()
        .delayIt()
        .by(Duration.ofMillis(20))
        .memoize()
        .indefinitely();
  }

  /** The request that subscribes first completes the chains of all others. */
  @GET
  @Path("memoized")
  public Uni<String> memoized(@QueryParam("n") String n) {
    if (arrived.incrementAndGet() % 8 == 0) {
      memoized = newMemoized();
    }
    return memoized.chain(ready -> ratings.uni(n));
  }

  /** Each request completes the chain of the request before it. */
  @GET
  @Path("parked")
  public Uni<String> parked(@QueryParam("n") String n) {
    UniEmitter<? super String> earlier = parked.poll();
    if (earlier != null) {
      earlier.complete("ok");
      return ratings.uni(n);
    }
    return Uni.createFrom()
        .<String>emitter(parked::add)
        .chain(ready -> ratings.uni(n));
  }

  /** As {@link #parked}, with a future of the JDK whose functions are wrapped. */
  @GET
  @Path("wrapped-future")
  public CompletionStage<String> wrappedFuture(@QueryParam("n") String n) {
    CompletableFuture<String> earlier = futures.poll();
    if (earlier != null) {
      earlier.complete("ok");
      return ratings.stage(n);
    }
    CompletableFuture<String> future = new CompletableFuture<>();
    futures.add(future);
    // docs: quarkus future
    return future.thenCompose(threads.contextualFunction(ready -> ratings.stage(n)));
    // docs: end
  }

  /** As {@link #parked}, with a promise of Vert.x, which runs handlers in their own context. */
  @GET
  @Path("vertx-promise")
  @NonBlocking
  public CompletionStage<String> vertxPromise(@QueryParam("n") String n) {
    Promise<String> earlier = promises.poll();
    if (earlier != null) {
      return Uni.createFrom()
          .item("ok")
          .invoke(ready -> earlier.complete(ready))
          .chain(ready -> ratings.uni(n))
          .subscribeAsCompletionStage();
    }
    Promise<String> promise = ((ContextInternal) vertx.getOrCreateContext()).promise();
    CompletableFuture<String> answer = new CompletableFuture<>();
    promise
        .future()
        .onSuccess(
            ready -> ratings.uni(n).subscribe().with(answer::complete, answer::completeExceptionally));
    promises.add(promise);
    return answer;
  }

  @GET
  @Path("nothing")
  public String nothing(@QueryParam("n") String n) {
    try (Scope nothing = CapturedHeaders.empty().makeCurrent()) {
      return ratings.get(n);
    }
  }

  /** Starts a periodic task, which calls once its request is over. */
  @GET
  @Path("timer")
  public String timer(@QueryParam("n") String n) {
    AtomicInteger ticks = new AtomicInteger();
    vertx.setPeriodic(
        20,
        id -> {
          if (ticks.incrementAndGet() == 10) {
            vertx.cancelTimer(id);
            ratings.uni(n).subscribe().with(ok -> {}, failed -> {});
          }
        });
    return "ok";
  }
}
