// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static java.util.Objects.requireNonNull;

import jakarta.ws.rs.core.Application;
import java.net.URI;
import java.util.concurrent.Executor;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.jspecify.annotations.Nullable;

class JerseyServerTest extends JakartaRestServerContract {
  private @Nullable HttpServer grizzly;

  @Override
  URI start(Application application) throws Exception {
    HttpServer server =
        GrizzlyHttpServerFactory.createHttpServer(
            URI.create("http://127.0.0.1:0/"), ResourceConfig.forApplication(application), false);
    server
        .getListener("grizzly")
        .getTransport()
        .setWorkerThreadPoolConfig(
            ThreadPoolConfig.defaultConfig().setCorePoolSize(8).setMaxPoolSize(8));
    server.start();
    grizzly = server;
    return URI.create("http://127.0.0.1:" + server.getListener("grizzly").getPort() + "/");
  }

  @Override
  protected Executor workers() {
    return requireNonNull(grizzly).getListener("grizzly").getTransport().getWorkerThreadPool();
  }

  @Override
  protected void stop() {
    if (grizzly != null) {
      grizzly.shutdownNow();
    }
  }
}
