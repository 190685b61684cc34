// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.InboundContract;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** What the feature has to do in every Jakarta REST server, without a servlet filter above it. */
abstract class JakartaRestServerContract extends InboundContract {

  /** Starts the application. */
  abstract Server start(Application application, int workers) throws Exception;

  @Override
  protected final Server start(TracingPropagation propagation, Answers answers, int workers)
      throws Exception {
    return start(
        new Application() {
          @Override
          @SuppressWarnings("deprecation") // no other way to hand over instances is standard
          public Set<Object> getSingletons() {
            return Set.of(new TracingPropagationFeature(propagation), new Resource(answers));
          }
        },
        workers);
  }

  /** Public for Jakarta REST. */
  @Path("/")
  public static final class Resource {
    private final Answers answers;

    Resource(Answers answers) {
      this.answers = answers;
    }

    /** Answers on the thread of the request. */
    @GET
    @Path("{path}")
    public String sync(@PathParam("path") String path) throws Exception {
      return answers.answer("/" + path);
    }
  }
}
