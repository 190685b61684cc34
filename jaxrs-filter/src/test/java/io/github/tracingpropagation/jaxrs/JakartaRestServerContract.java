// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.InboundContract;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.net.URI;
import java.util.Set;

/** What the feature has to do in every Jakarta REST server, without a servlet filter above it. */
abstract class JakartaRestServerContract extends InboundContract {

  /** Starts the application. */
  abstract URI start(Application application) throws Exception;

  @Override
  protected final URI start(TracingPropagation propagation) throws Exception {
    return start(
        new Application() {
          @Override
          @SuppressWarnings("deprecation") // no other way to hand over instances is standard
          public Set<Object> getSingletons() {
            return Set.of(new TracingPropagationFeature(propagation), new Resource(propagation));
          }
        });
  }

  /** Public for Jakarta REST. */
  @Path("/")
  public static final class Resource {
    private final TracingPropagation propagation;

    Resource(TracingPropagation propagation) {
      this.propagation = propagation;
    }

    /** Answers what would be forwarded. */
    @GET
    @Path("forward")
    public String forward() {
      return HeaderLines.current(propagation);
    }

    /** Fails with an exception that nobody maps. */
    @GET
    @Path("fail")
    public String fail() {
      throw new IllegalStateException("the application's own");
    }
  }
}
