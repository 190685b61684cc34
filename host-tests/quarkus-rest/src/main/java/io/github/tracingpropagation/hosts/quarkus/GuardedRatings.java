// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** A REST client with fault tolerance of its own. */
@Path("")
@RegisterRestClient(configKey = "ratings")
public interface GuardedRatings {
  @GET
  @Bulkhead(value = 2, waitingTaskQueue = 100)
  Uni<String> guarded(@QueryParam("n") String n);
}
