// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What each resource calls, with the number of the request that it handles. */
@Path("")
@RegisterRestClient(configKey = "ratings")
public interface Ratings {
  @GET
  String get(@QueryParam("n") String n);

  @GET
  Uni<String> uni(@QueryParam("n") String n);

  @GET
  CompletionStage<String> stage(@QueryParam("n") String n);
}
