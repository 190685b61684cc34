// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus.grpc;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Extends the class that gRPC itself generates. */
@GrpcService
public class ObservingService extends ObservingGrpc.ObservingImplBase {
  @RestClient CalledByRest rest;

  @GrpcClient("called")
  Called grpc;

  @GrpcClient("called")
  CalledGrpc.CalledBlockingStub stub;

  @Override
  public void observed(Request request, StreamObserver<Reply> answer) {
    grpc.id(request)
        .onItem()
        .invoke(answer::onNext)
        .subscribe()
        .with(reply -> answer.onCompleted(), answer::onError);
  }

  @Override
  @Blocking
  public void blockingObserved(Request request, StreamObserver<Reply> answer) {
    String ids = rest.get() + " " + stub.id(request).getIds();
    answer.onNext(Reply.newBuilder().setIds(ids).build());
    answer.onCompleted();
  }
}
