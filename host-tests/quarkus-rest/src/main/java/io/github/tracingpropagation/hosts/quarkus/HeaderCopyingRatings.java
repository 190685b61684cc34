// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** A REST client which copies the request id itself, too. */
@Path("")
@RegisterRestClient(configKey = "ratings")
@RegisterClientHeaders
public interface HeaderCopyingRatings {
  @GET
  String get(@QueryParam("n") String n);
}
