// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus.grpc;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What services call by REST. */
@Path("called")
@RegisterRestClient(configKey = "called")
public interface CalledByRest {
  @GET
  String get();

  @GET
  Uni<String> uni();
}
