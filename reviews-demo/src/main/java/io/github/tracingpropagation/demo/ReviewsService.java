// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.jaxrs.TracingPropagationFeature;
import jakarta.ws.rs.core.UriBuilder;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** Reviews, a Jakarta REST application on Jersey. */
final class ReviewsService implements Service {
  /** A thread waits for ratings; a slow ratings must not keep {@code /health} from its answer. */
  private static final int MAX_THREADS = 200;

  private final HttpServer server;
  private final NetworkListener listener;
  private final RatingsClient ratings;

  private ReviewsService(HttpServer server, NetworkListener listener, RatingsClient ratings) {
    this.server = server;
    this.listener = listener;
    this.ratings = ratings;
  }

  /**
   * Starts.
   *
   * @param propagation what to capture and forward
   * @param served hears of every request once it is answered
   */
  static ReviewsService start(
      String host,
      int port,
      ReviewsSettings settings,
      TracingPropagation propagation,
      Consumer<ServedRequest> served)
      throws IOException {
    RatingsClient ratings = settings.newClient(propagation);
    ResourceConfig application =
        new ResourceConfig()
            .register(new TracingPropagationFeature(propagation))
            .register(new ReviewsResource(settings, ratings))
            // Nothing else is to be found: that saves looking for it.
            .property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
            .property(ServerProperties.WADL_FEATURE_DISABLE, true);
    HttpServer server =
        GrizzlyHttpServerFactory.createHttpServer(
            UriBuilder.fromUri("http://" + host).port(port).build(), application, false);
    NetworkListener listener = server.getListeners().iterator().next();
    listener.getTransport().getWorkerThreadPoolConfig().setMaxPoolSize(MAX_THREADS);
    server
        .getServerConfiguration()
        .getMonitoringConfig()
        .getWebServerConfig()
        .addProbes(new GrizzlyProbe(served));
    ReviewsService service = new ReviewsService(server, listener, ratings);
    try {
      server.start();
      return service;
    } catch (IOException e) {
      service.close();
      throw e;
    }
  }

  @Override
  public int port() {
    return listener.getPort();
  }

  @Override
  public void close() {
    ExecutorService workers = listener.getTransport().getWorkerThreadPool();
    try {
      server.shutdown(GRACE.toSeconds(), TimeUnit.SECONDS).get();
      if (workers != null) {
        // Grizzly waits for the responses, not for those who are yet to hear of them.
        workers.shutdown();
        workers.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      ratings.close();
    }
  }
}
