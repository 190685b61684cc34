// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.app;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Calls downstream on the request's thread, or on a worker's while the request is suspended. */
@Path("/")
public class CallingResource {
  private static final ExecutorService WORKERS =
      Executors.newFixedThreadPool(
          16,
          work -> {
            Thread thread = new Thread(work, "worker");
            thread.setDaemon(true);
            return thread;
          });

  @GET
  @Path("sync")
  public String sync(@QueryParam("n") String n) {
    return Calls.downstream(n);
  }

  @GET
  @Path("async")
  public void async(@QueryParam("n") String n, @Suspended AsyncResponse response) {
    WORKERS.execute(
        () -> {
          try {
            response.resume(Calls.downstream(n));
          } catch (RuntimeException e) {
            response.resume(e);
          }
        });
  }
}
