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

/** The filters and mappers of the application that is tested. */
final class ServerFilters {
  private ServerFilters() {}

  static Set<Object> all(Answers answers) {
    return Set.of(
        new AbortingFirst(),
        new AbortingOrThrowing(answers),
        new RecordingResponse(answers),
        new ThrowingResponse(),
        new MappedExceptionMapper());
  }

  /** Aborts before matching, with the priority of the library's filter. */
  @PreMatching
  @Priority(ServerFilter.PRIORITY)
  static final class AbortingFirst implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
      if (request.getUriInfo().getPath().endsWith("aborted-first")) {
        request.abortWith(Response.ok("aborted").build());
      }
    }
  }

  /** Aborts or throws after matching. */
  static final class AbortingOrThrowing implements ContainerRequestFilter {
    private final Answers answers;

    AbortingOrThrowing(Answers answers) {
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

  /** Returns in a header what is current in a response filter, for {@code /parked}. */
  static final class RecordingResponse implements ContainerResponseFilter {
    private final Answers answers;

    RecordingResponse(Answers answers) {
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

  static final class ThrowingResponse implements ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
      if (request.getUriInfo().getPath().endsWith("throwing-filter")) {
        throw new IllegalStateException("the filter's own");
      }
    }
  }

  static final class MappedExceptionMapper
      implements ExceptionMapper<ServerResource.MappedException> {
    @Override
    public Response toResponse(ServerResource.MappedException e) {
      return Response.ok(e.getMessage()).build();
    }
  }
}
