// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.testing.InboundContract.Answers;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Set;

/** The application's own filters and mappers. */
final class ServerFilters {
  private ServerFilters() {}

  static Set<Object> all(Answers answers) {
    return Set.of(
        new First(), new Later(answers), new Seeing(answers), new Throwing(), new Mapper());
  }

  /** Aborts, and is as early as the library's own. */
  @PreMatching
  @Priority(ServerFilter.PRIORITY)
  static final class First implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
      if (request.getUriInfo().getPath().endsWith("aborted-first")) {
        request.abortWith(Response.ok("aborted").build());
      }
    }
  }

  /** Aborts, or fails, after matching. */
  static final class Later implements ContainerRequestFilter {
    private final Answers answers;

    Later(Answers answers) {
      this.answers = answers;
    }

    @Override
    public void filter(ContainerRequestContext request) {
      if (request.getUriInfo().getPath().endsWith("throwing-request-filter")) {
        throw new IllegalStateException("the filter's own");
      }
      if (request.getUriInfo().getPath().endsWith("aborted")) {
        try {
          request.abortWith(Response.ok(answers.answer("/aborted")).build());
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  /** Tells what it sees, for a request that was parked. */
  static final class Seeing implements ContainerResponseFilter {
    private final Answers answers;

    Seeing(Answers answers) {
      this.answers = answers;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
      if (request.getUriInfo().getPath().endsWith("parked")) {
        try {
          response.getHeaders().putSingle("seen", answers.answer("/parked").replace('\n', '&'));
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  static final class Throwing implements ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
      if (request.getUriInfo().getPath().endsWith("throwing-filter")) {
        throw new IllegalStateException("the filter's own");
      }
    }
  }

  static final class Mapper implements ExceptionMapper<ServerResource.MappedException> {
    @Override
    public Response toResponse(ServerResource.MappedException e) {
      return Response.ok(e.getMessage()).build();
    }
  }
}
