// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.InboundContract.Server;
import io.github.tracingpropagation.testing.RawHttp;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.internal.RuntimeDelegateImpl;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A resource method that forwards to another resource of the same engine, on its thread. */
@SuppressWarnings("try") // the scope is only closed
class NestedRequestTest {
  private static final ContextKey<String> SPAN = ContextKey.named("span");
  private static final String ID = "x-request-id: abc";

  @ParameterizedTest
  @CsvSource({
    "JERSEY, forward", "JERSEY, forward-in-scope",
    "RESTEASY, forward", "RESTEASY, forward-in-scope",
    "CXF, forward", "CXF, forward-in-scope"
  })
  void rule10_requestWithinARequest_leavesItsThreadClean(String engine, String path)
      throws Exception {
    for (List<String> lines : List.of(List.of(ID), List.<String>of())) {
      Resource resource = new Resource();
      Server server = start(engine, resource);
      try {
        RawHttp.get(server.uri().resolve(path), lines);
        if (engine.equals("RESTEASY")) { // forgets what it has to do at the end of the outer one
          RawHttp.get(server.uri().resolve("inner"), List.of());
        }

        var worker = supplyAsync(Context::current, server.workers()); // there is only one
        assertThat(worker.get(20, TimeUnit.SECONDS)).isSameAs(Context.root());
        assertThat(resource.seen).hasSizeGreaterThan(2).startsWith(String.join("", lines));
        assertThat(resource.seen)
            .isSubsetOf(
                engine.equals("RESTEASY") ? List.of(ID, "") : List.of(resource.seen.get(0)));
      } finally {
        server.stop().close();
      }
    }
  }

  private static Server start(String engine, Resource resource) throws Exception {
    Application application =
        new Application() {
          @Override
          @SuppressWarnings("deprecation") // the only standard way to register instances
          public Set<Object> getSingletons() {
            return Set.of(resource, new TracingPropagationFeature(TracingPropagation.create()));
          }
        };
    if (engine.equals("JERSEY")) {
      RuntimeDelegate.setInstance(new RuntimeDelegateImpl());
      return ServletServer.start(
          new ServletContainer(ResourceConfig.forApplication(application)), Map.of(), false, 1);
    }
    return (engine.equals("CXF") ? new CxfServerTest() : new ResteasyServerTest())
        .start(application, 1);
  }

  /** Public, since Jakarta REST requires it. */
  @Path("/")
  public static final class Resource {
    final List<String> seen = new CopyOnWriteArrayList<>();

    /** Is forwarded to. */
    @GET
    @Path("inner")
    public String inner() {
      see();
      return "inner";
    }

    /** Forwards. */
    @GET
    @Path("{path: forward.*}")
    public String outer(
        @PathParam("path") String path,
        @jakarta.ws.rs.core.Context HttpServletRequest request,
        @jakarta.ws.rs.core.Context HttpServletResponse response)
        throws Exception {
      see();
      try (Scope span =
          path.equals("forward") ? Scope.noop() : Context.current().with(SPAN, "a").makeCurrent()) {
        request.getRequestDispatcher("/inner").forward(request, response);
      } finally {
        see();
      }
      return "outer";
    }

    private void see() {
      seen.add(HeaderLines.current(TracingPropagation.create()));
    }
  }
}
