// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus;

import io.quarkus.cache.CacheResult;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.ConsumeEvent;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Work that Quarkus does for several requests, or elsewhere than it was asked for. */
@Path("/")
@Singleton
public class WorkResource {
  private final Queue<UniEmitter<? super String>> scheduled = new ConcurrentLinkedQueue<>();
  private final Gate failures = new Gate();
  private final Queue<String> addresses = new ConcurrentLinkedQueue<>();
  private final AtomicInteger arrived = new AtomicInteger();

  /** One stream for all its subscribers; the first request starts it. */
  private final Multi<Long> broadcast =
      Multi.createFrom()
          .ticks()
          .every(Duration.ofMillis(10))
          .onOverflow()
          .drop()
          .broadcast()
          .withCancellationAfterLastSubscriberDeparture()
          .toAllSubscribers();

  @RestClient Ratings ratings;

  @Inject Cached cached;

  @Inject Event<Fired> event;

  @Inject Vertx vertx;

  /** Each request lets the one before it pass. */
  static final class Gate {
    private final Queue<UniEmitter<? super String>> waiting = new ConcurrentLinkedQueue<>();

    Uni<String> pass() {
      UniEmitter<? super String> earlier = waiting.poll();
      if (earlier == null) {
        return Uni.createFrom().<String>emitter(waiting::add);
      }
      earlier.complete("ok");
      return Uni.createFrom().item("ok");
    }
  }

  /** A filter that waits for another request. */
  @Singleton
  public static class WaitingFilter {
    private final Gate gate = new Gate();

    @ServerRequestFilter
    Uni<Response> filter(ContainerRequestContext request) {
      return request.getUriInfo().getPath().contains("filtered")
          ? gate.pass().map(ready -> null)
          : null;
    }
  }

  /** Authorization that waits for another request. */
  @Singleton
  public static class WaitingPolicy implements HttpSecurityPolicy {
    private final Gate gate = new Gate();

    @Override
    public Uni<CheckResult> checkPermission(
        RoutingContext request, Uni<SecurityIdentity> identity, AuthorizationRequestContext call) {
      return request.normalizedPath().contains("authorized")
          ? gate.pass().map(ready -> CheckResult.PERMIT)
          : CheckResult.permit();
    }
  }

  @GET
  @Path("authorized")
  public Uni<String> authorized(@QueryParam("n") String n) {
    return ratings.uni(n);
  }

  @GET
  @Path("blocking-authorized")
  public String blockingAuthorized(@QueryParam("n") String n) {
    return ratings.get(n);
  }

  @GET
  @Path("filtered")
  public Uni<String> filtered(@QueryParam("n") String n) {
    return ratings.uni(n);
  }

  @GET
  @Path("blocking-filtered")
  public String blockingFiltered(@QueryParam("n") String n) {
    return ratings.get(n);
  }

  @ServerExceptionMapper
  Uni<Response> map(FailedException e) {
    return ratings.uni(e.getMessage()).map(rating -> Response.ok(rating).build());
  }

  static final class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FailedException(String n) {
      super(n);
    }
  }

  /** The exception mapper calls. */
  @GET
  @Path("failing")
  public Uni<String> failing(@QueryParam("n") String n) {
    return failures.pass().onItem().failWith(ready -> new FailedException(n));
  }

  @GET
  @Path("blocking-failing")
  @Blocking
  public Uni<String> blockingFailing(@QueryParam("n") String n) {
    return failing(n);
  }

  @GET
  @Path("broadcast")
  public Uni<String> broadcast(@QueryParam("n") String n) {
    return broadcast
        .onItem()
        .transformToUniAndConcatenate(tick -> ratings.uni(n))
        .select()
        .first(2)
        .collect()
        .last();
  }

  /** A scheduled task completes the chain. */
  @GET
  @Path("scheduled")
  public Uni<String> scheduled(@QueryParam("n") String n) {
    return Uni.createFrom()
        .<String>emitter(scheduled::add)
        .chain(ready -> ratings.uni(n));
  }

  /** Calls for no request. */
  @Scheduled(every = "1s")
  Uni<Void> completeScheduled() {
    UniEmitter<? super String> first = scheduled.poll();
    if (first == null) {
      return Uni.createFrom().voidItem();
    }
    for (UniEmitter<? super String> next = first; next != null; next = scheduled.poll()) {
      next.complete("ok");
    }
    return ratings.uni("of-no-request").replaceWithVoid();
  }

  @GET
  @Path("async-event")
  public CompletionStage<String> asyncEvent(@QueryParam("n") String n) {
    return event.fireAsync(new Fired(n)).thenApply(fired -> "ok");
  }

  void observe(@ObservesAsync Fired fired) {
    ratings.get(fired.n());
  }

  record Fired(String n) {}

  /** Eight requests at once wait for what the first of them computes. */
  @GET
  @Path("cached")
  public Uni<String> cached(@QueryParam("n") String n) {
    return cached.uni(key()).chain(ready -> ratings.uni(n));
  }

  @GET
  @Path("cached-stage")
  public CompletionStage<String> cachedStage(@QueryParam("n") String n) {
    return cached.stage(key()).thenCompose(ready -> ratings.stage(n));
  }

  private String key() {
    return "" + arrived.getAndIncrement() / 8;
  }

  @Singleton
  public static class Cached {
    @CacheResult(cacheName = "uni")
    public Uni<String> uni(String key) {
      return Uni.createFrom().item(key).onItem().delayIt().by(Duration.ofMillis(20));
    }

    @CacheResult(cacheName = "stage")
    public CompletionStage<String> stage(String key) {
      return CompletableFuture.supplyAsync(
          () -> key, CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
    }
  }

  /** Calls once its message is answered. */
  @GET
  @Path("message")
  public CompletionStage<String> message(@QueryParam("n") String n) {
    Future<String> answer = vertx.eventBus().<String>request("own", n).map(reply -> reply.body());
    return answer
        .compose(ready -> Future.fromCompletionStage(ratings.stage(n)))
        .toCompletionStage();
  }

  @ConsumeEvent("own")
  String answer(String n) {
    return n;
  }

  /** The one who receives the message calls. */
  @GET
  @Path("consumed")
  public CompletionStage<String> consumed(@QueryParam("n") String n) {
    return vertx
        .eventBus()
        .<String>request("calling", n)
        .map(reply -> reply.body())
        .toCompletionStage();
  }

  @ConsumeEvent("calling")
  Uni<String> consume(String n) {
    return ratings.uni(n);
  }

  /** As {@link #consumed}, by a consumer of another request, which waits for the message. */
  @GET
  @Path("consumed-by-request")
  public CompletionStage<String> consumedByRequest(@QueryParam("n") String n) {
    EventBus bus = vertx.eventBus();
    String waiting = addresses.poll();
    if (waiting != null) {
      return bus.<String>request(waiting, n).map(reply -> reply.body()).toCompletionStage();
    }
    CompletableFuture<String> called = new CompletableFuture<>();
    bus.<String>consumer(
        "of-" + n,
        message ->
            ratings
                .uni(message.body())
                .invoke(called::complete)
                .subscribe()
                .with(message::reply, failure -> message.fail(1, failure.toString())));
    addresses.add("of-" + n);
    return Uni.createFrom()
        .completionStage(called)
        .chain(ready -> ratings.uni(n))
        .subscribeAsCompletionStage();
  }
}
