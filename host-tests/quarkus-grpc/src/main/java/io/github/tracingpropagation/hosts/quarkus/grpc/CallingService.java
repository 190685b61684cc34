// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus.grpc;

import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Calls by REST and by gRPC, on whatever thread Quarkus runs it. */
@GrpcService
public class CallingService implements Calling {
  private final Queue<UniEmitter<? super String>> parked = new ConcurrentLinkedQueue<>();
  private final Queue<Promise<String>> promises = new ConcurrentLinkedQueue<>();
  private final Queue<Promise<String>> calledBack = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Reply> ticked = new CompletableFuture<>();
  private final AtomicInteger arrived = new AtomicInteger();
  private volatile Uni<String> memoized = newMemoized();

  @Inject Vertx vertx;

  @RestClient CalledByRest rest;

  @GrpcClient("called")
  Called grpc;

  @GrpcClient("called")
  CalledGrpc.CalledBlockingStub stub;

  @GrpcClient("called")
  Channel channel;

  @Override
  public Uni<Reply> uni(Request request) {
    return ids();
  }

  @Override
  @Blocking
  public Uni<Reply> blockingCall(Request request) {
    String ids = rest.get() + " " + stub.id(request).getIds();
    return Uni.createFrom().item(reply(ids));
  }

  /** The call that subscribes first completes the chains of all others. */
  @Override
  public Uni<Reply> memoized(Request request) {
    if (arrived.incrementAndGet() % 8 == 0) {
      memoized = newMemoized();
    }
    return memoized.chain(this::restIds);
  }

  /** Each call completes the chain of the call before it. */
  @Override
  public Uni<Reply> parked(Request request) {
    UniEmitter<? super String> earlier = parked.poll();
    if (earlier != null) {
      earlier.complete("ok");
      return restIds();
    }
    return Uni.createFrom().<String>emitter(parked::add).chain(this::restIds);
  }

  /** As {@link #parked}, with a promise of Vert.x, which runs handlers in their own context. */
  @Override
  public Uni<Reply> promise(Request request) {
    Promise<String> earlier = promises.poll();
    if (earlier != null) {
      earlier.complete("ok");
      return restIds();
    }
    return whenCompleted(promises);
  }

  /** As {@link #promise}, completed by a callback of a call that the other request has made. */
  @Override
  public Uni<Reply> callbackPromise(Request request) {
    Promise<String> earlier = calledBack.poll();
    if (earlier != null) {
      CompletableFuture<String> answer = new CompletableFuture<>();
      CalledGrpc.newStub(channel).id(
          request,
          new StreamObserver<>() {
            @Override
            public void onNext(Reply reply) {
              earlier.complete("ok");
              answer.complete("ok");
            }

            @Override
            public void onError(Throwable failure) {
              earlier.fail(failure);
              answer.completeExceptionally(failure);
            }

            @Override
            public void onCompleted() {}
          });
      return Uni.createFrom().completionStage(answer).chain(this::restIds);
    }
    return whenCompleted(calledBack);
  }

  private Uni<Reply> whenCompleted(Queue<Promise<String>> queue) {
    Promise<String> promise = ((ContextInternal) vertx.getOrCreateContext()).promise();
    queue.add(promise);
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    promise
        .future()
        .onSuccess(
            ready -> restIds().subscribe().with(reply::complete, reply::completeExceptionally));
    return Uni.createFrom().completionStage(reply);
  }

  @Override
  @RunOnVirtualThread
  public Uni<Reply> virtualThread(Request request) {
    return blockingCall(request);
  }

  @Override
  public Multi<Reply> both(Multi<Request> requests) {
    return requests.onItem().transformToUniAndConcatenate(request -> ids());
  }

  /** Starts a periodic task, which calls once its request is over. */
  @Override
  public Uni<Reply> periodic(Request request) {
    AtomicInteger ticks = new AtomicInteger();
    vertx.setPeriodic(
        20,
        id -> {
          if (ticks.incrementAndGet() == 10) {
            vertx.cancelTimer(id);
            restIds().subscribe().with(ticked::complete, ticked::completeExceptionally);
          }
        });
    return Uni.createFrom().item(reply("ok"));
  }

  @Override
  public Uni<Reply> ticked(Request request) {
    return Uni.createFrom().completionStage(ticked);
  }

  @Override
  public Multi<Reply> each(Request request) {
    return Multi.createFrom().items(1, 2, 3).onItem().transformToUniAndConcatenate(i -> ids());
  }

  private Uni<Reply> ids() {
    return rest.uni()
        .chain(
            first ->
                grpc.id(Request.getDefaultInstance())
                    .chain(
                        second ->
                            rest.uni()
                                .map(third -> first + " " + second.getIds() + " " + third)))
        .map(CallingService::reply);
  }

  /** For chains that another call completes: with that call gRPC cancels calls of its own. */
  private Uni<Reply> restIds() {
    return rest.uni().chain(first -> rest.uni().map(second -> reply(first + " " + second)));
  }

  private static Reply reply(String ids) {
    return Reply.newBuilder().setIds(ids).build();
  }

  private static Uni<String> newMemoized() {
    return Uni.createFrom()
        .item("ok")
        .onItem()
        .delayIt()
        .by(Duration.ofMillis(20))
        .memoize()
        .indefinitely();
  }
}
