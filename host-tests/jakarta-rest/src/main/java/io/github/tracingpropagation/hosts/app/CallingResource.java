// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.app;

import io.opentelemetry.context.Context;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Calls downstream on the request's thread, or on a worker while the request is suspended. */
@Path("/")
public class CallingResource {
  private static final Executor WORKERS = Context.taskWrapping(Calls.WORKERS);

  @GET
  @Path("sync")
  public String sync(@QueryParam("client") String client, @QueryParam("n") String n) {
    return Calls.downstream(client, n);
  }

  @GET
  @Path("async")
  public void async(
      @QueryParam("client") String client,
      @QueryParam("n") String n,
      @Suspended AsyncResponse response) {
    WORKERS.execute(() -> resume(client, n, response));
  }

  /** Does not propagate the context: nothing of the thread's last request may be forwarded. */
  @GET
  @Path("host-pool")
  public void hostPool(
      @QueryParam("client") String client,
      @QueryParam("n") String n,
      @Suspended AsyncResponse response) {
    HostPool.get().execute(() -> resume(client, n, response));
  }

  /** The same pool, with the context of the thread that hands over the task. */
  @GET
  @Path("wrapped-host-pool")
  public void wrappedHostPool(
      @QueryParam("client") String client,
      @QueryParam("n") String n,
      @Suspended AsyncResponse response) {
    Context.taskWrapping(HostPool.get()).execute(() -> resume(client, n, response));
  }

  /** Calls twice; the second call is made on the thread that completes the first. */
  @GET
  @Path("stage")
  public CompletionStage<String> stage(
      @QueryParam("client") String client, @QueryParam("n") String n) {
    return Calls.stage(client, n).thenCompose(first -> Calls.stage(client, n));
  }

  private static void resume(String client, String n, AsyncResponse response) {
    try {
      response.resume(Calls.downstream(client, n));
    } catch (RuntimeException e) {
      response.resume(e);
    }
  }

  @GET
  @Path("own-executor")
  public CompletionStage<String> ownExecutor(@QueryParam("n") String n) {
    return Calls.onOwnExecutor(n);
  }
}
