// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Each kind of resource method of Quarkus REST. */
@Path("/")
public class ServerResource {
  @RestClient Ratings ratings;

  @Inject ManagedExecutor executor;

  @GET
  @Path("sync")
  public String sync(@QueryParam("n") String n) {
    return ratings.get(n);
  }

  @GET
  @Path("async")
  public void async(@QueryParam("n") String n, @Suspended AsyncResponse response) {
    executor.execute(
        () -> {
          try {
            response.resume(ratings.get(n));
          } catch (RuntimeException e) {
            response.resume(e);
          }
        });
  }

  // docs: quarkus rest
  @GET
  @Path("uni")
  public Uni<String> uni(@QueryParam("n") String n) {
    return ratings.uni(n).chain(first -> ratings.uni(n));
  }
  // docs: end

  @GET
  @Path("blocking-uni")
  @Blocking
  public Uni<String> blockingUni(@QueryParam("n") String n) {
    return Uni.createFrom().item(ratings.get(n));
  }

  @GET
  @Path("non-blocking")
  @NonBlocking
  public CompletionStage<String> nonBlocking(@QueryParam("n") String n) {
    return ratings.stage(n);
  }

  @GET
  @Path("stage")
  public CompletionStage<String> stage(@QueryParam("n") String n) {
    return ratings.stage(n).thenCompose(first -> ratings.stage(n));
  }

  @GET
  @Path("delay")
  public Uni<String> delay(@QueryParam("n") String n) {
    return Uni.createFrom()
        .voidItem()
        .onItem()
        .delayIt()
        .by(Duration.ofMillis(5))
        .chain(nothing -> ratings.uni(n));
  }

  @GET
  @Path("worker-pool")
  public Uni<String> workerPool(@QueryParam("n") String n) {
    return Uni.createFrom()
        .item(n)
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .map(ratings::get);
  }

  @GET
  @Path("events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public Multi<String> events(@QueryParam("n") String n) {
    return Multi.createFrom().items(1, 2, 3).onItem().transformToUniAndConcatenate(i -> ratings.uni(n));
  }

  @GET
  @Path("exception-mapper")
  public String exceptionMapper(@QueryParam("n") String n) {
    throw new MappedException(n);
  }

  /** Calls on the thread that handles the exception. */
  @ServerExceptionMapper
  public Response map(MappedException e) {
    return Response.ok(ratings.get(e.getMessage())).build();
  }

  static final class MappedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MappedException(String n) {
      super(n);
    }
  }
}
