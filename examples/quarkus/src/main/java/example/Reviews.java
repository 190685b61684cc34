// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package example;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;

@Path("/")
public class Reviews {
  @RestClient Ratings ratings;

  @GET
  @Path("reviews")
  public String reviews() {
    return ratings.get();
  }

  /** Stands for another service: returns the headers that it receives. */
  @GET
  @Path("ratings")
  public String ratings(@Context HttpHeaders received) {
    return received.getRequestHeaders().toString();
  }

  @RegisterRestClient(configKey = "ratings")
  @Path("ratings")
  interface Ratings {
    @GET
    String get();
  }
}
