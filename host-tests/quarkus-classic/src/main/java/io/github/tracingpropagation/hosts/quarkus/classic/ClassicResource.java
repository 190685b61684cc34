// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus.classic;

import io.github.tracingpropagation.CapturedHeaders;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/** Answers with request ids. */
@Path("/")
public class ClassicResource {
  /** What is captured. */
  @GET
  @Path("captured")
  public String captured() {
    return "captured " + CapturedHeaders.current().requestId();
  }

  @GET
  @Path("received")
  public String received(@HeaderParam("x-request-id") String id) {
    return "received " + id;
  }

  @GET
  @Path("client")
  public String client(@Context UriInfo uri) {
    Client client = ClientBuilder.newClient();
    try {
      return client.target(uri.getBaseUri()).path("received").request().get(String.class);
    } finally {
      client.close();
    }
  }

  @GET
  @Path("rest-client")
  public String restClient(@Context UriInfo uri) {
    return RestClientBuilder.newBuilder()
        .baseUri(uri.getBaseUri())
        .build(Received.class)
        .received();
  }

  /** The resource, as a client. */
  public interface Received {
    @GET
    @Path("received")
    String received();
  }
}
