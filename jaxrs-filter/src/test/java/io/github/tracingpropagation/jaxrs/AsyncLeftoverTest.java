// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.RawHttp;
import io.opentelemetry.context.Context;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a request leaves on its worker when it is resumed elsewhere, with one worker for all. */
class AsyncLeftoverTest {
  private final HttpServer server =
      GrizzlyHttpServerFactory.createHttpServer(
          URI.create("http://127.0.0.1:0/"),
          new ResourceConfig(Resource.class)
              .register(new TracingPropagationFeature(TracingPropagation.create())),
          false);

  @BeforeEach
  void start() throws Exception {
    server
        .getListener("grizzly")
        .getTransport()
        .setWorkerThreadPoolConfig(
            ThreadPoolConfig.defaultConfig().setCorePoolSize(1).setMaxPoolSize(1));
    server.start();
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  @Test
  void rule10_nextRequest_cleansTheWorker() throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.getListener("grizzly").getPort() + "/");

    assertThat(RawHttp.get(uri.resolve("/async"), List.of("x-request-id: old")).status())
        .isEqualTo(200);
    assertThat(RawHttp.get(uri.resolve("/sync"), List.of()).body()).isEqualTo("true");
    assertThat(onTheWorker()).isSameAs(Context.root());
  }

  private Context onTheWorker() throws Exception {
    CompletableFuture<Context> seen = new CompletableFuture<>();
    server
        .getListener("grizzly")
        .getTransport()
        .getWorkerThreadPool()
        .execute(() -> seen.complete(Context.current()));
    return seen.get(20, TimeUnit.SECONDS);
  }

  /** Public for Jakarta REST. */
  @Path("/")
  public static class Resource {
    /** Answers from another thread. */
    @GET
    @Path("async")
    public void async(@Suspended AsyncResponse response) {
      Thread elsewhere = new Thread(() -> response.resume("later"));
      elsewhere.start();
    }

    /** Answers whether nothing is current. */
    @GET
    @Path("sync")
    public boolean sync() {
      return Context.current() == Context.root();
    }
  }
}
