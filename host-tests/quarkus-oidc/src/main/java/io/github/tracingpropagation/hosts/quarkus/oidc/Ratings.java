// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus.oidc;

import io.quarkus.oidc.token.propagation.common.AccessToken;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Sends the caller's access token on. */
@RegisterRestClient(configKey = "ratings")
@AccessToken
@Path("called")
public interface Ratings {
  @GET
  String get(@QueryParam("n") String number);

  @GET
  Uni<String> getLater(@QueryParam("n") String number);
}
