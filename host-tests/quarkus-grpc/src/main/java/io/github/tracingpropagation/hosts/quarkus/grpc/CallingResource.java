// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus.grpc;

import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** A resource that calls by gRPC. */
@Path("/")
@Singleton
public class CallingResource {
  private final Queue<UniEmitter<? super String>> parked = new ConcurrentLinkedQueue<>();

  @GrpcClient("called")
  Called grpc;

  @GrpcClient("called")
  CalledGrpc.CalledBlockingStub stub;

  @RestClient CalledByRest rest;

  @GrpcClient("chosen")
  Called stork;

  @GrpcClient("vertx")
  Called vertx;

  @GET
  @Path("stork")
  public Uni<String> stork() {
    return thenRest(stork);
  }

  @GET
  @Path("vertx")
  public Uni<String> vertx() {
    return thenRest(vertx);
  }

  private Uni<String> thenRest(Called client) {
    return client
        .id(Request.getDefaultInstance())
        .chain(first -> rest.uni().map(second -> first.getIds() + " " + second));
  }

  @GET
  @Path("uni")
  public Uni<String> uni() {
    Request request = Request.getDefaultInstance();
    return grpc.id(request)
        .chain(first -> grpc.id(request).map(second -> first.getIds() + " " + second.getIds()));
  }

  /** Each request completes the chain of the request before it. */
  @GET
  @Path("parked")
  public Uni<String> parked() {
    UniEmitter<? super String> earlier = parked.poll();
    if (earlier != null) {
      earlier.complete("ok");
      return uni();
    }
    return Uni.createFrom().<String>emitter(parked::add).chain(this::uni);
  }

  @GET
  @Path("blocking")
  public String blocking() {
    return stub.id(Request.getDefaultInstance()).getIds();
  }
}
