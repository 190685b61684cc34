// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** In a source folder of its own: on JDK 17 the application would not be built. */
@Path("virtual-thread")
public class VirtualThreadResource {
  @RestClient Ratings ratings;

  @GET
  @RunOnVirtualThread
  public String virtualThread(@QueryParam("n") String n) {
    return ratings.get(n);
  }

  /** After a filter that waits for another request. */
  @GET
  @Path("filtered")
  @RunOnVirtualThread
  public String filtered(@QueryParam("n") String n) {
    if (!Thread.currentThread().isVirtual()) {
      throw new IllegalStateException(Thread.currentThread().getName());
    }
    return ratings.get(n);
  }
}
