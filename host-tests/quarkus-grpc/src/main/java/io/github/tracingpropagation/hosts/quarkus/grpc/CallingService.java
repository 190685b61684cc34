// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus.grpc;

import io.quarkus.grpc.GrpcClient;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Calls by REST and by gRPC, on whatever thread Quarkus runs it. */
@GrpcService
public class CallingService implements Calling {
  private final Queue<UniEmitter<? super String>> parked = new ConcurrentLinkedQueue<>();
  private final AtomicInteger arrived = new AtomicInteger();
  private volatile Uni<String> memoized = newMemoized();

  @RestClient CalledResource.Client rest;

  @GrpcClient("called")
  Called grpc;

  @GrpcClient("called")
  CalledGrpc.CalledBlockingStub stub;

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
    return memoized.chain(this::ids);
  }

  /** Each call completes the chain of the call before it. */
  @Override
  public Uni<Reply> parked(Request request) {
    UniEmitter<? super String> earlier = parked.poll();
    if (earlier != null) {
      earlier.complete("ok");
      return ids();
    }
    return Uni.createFrom().<String>emitter(parked::add).chain(this::ids);
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
