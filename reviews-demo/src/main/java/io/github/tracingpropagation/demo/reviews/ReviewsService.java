// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.reviews;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.service.Environment;
import io.github.tracingpropagation.demo.service.ServedRequest;
import io.github.tracingpropagation.demo.service.Service;
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

/** The reviews service: a Jakarta REST application on Jersey and Grizzly. Threads may share it. */
public final class ReviewsService implements Service {
  /** Each call of ratings blocks a thread; a slow ratings must not block {@code /health}. */
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
   * Starts the service.
   *
   * @param port 0 for any free port
   * @param environment the variables of bookinfo's reviews
   * @param propagation what to capture and forward
   * @param served called with each request after its response
   * @throws IOException if the port cannot be used
   * @throws IllegalArgumentException if a variable is invalid
   */
  public static ReviewsService start(
      String host,
      int port,
      Environment environment,
      TracingPropagation propagation,
      Consumer<ServedRequest> served)
      throws IOException {
    return start(host, port, ReviewsSettings.from(environment), propagation, served);
  }

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
            // Everything is registered above; scanning for more would only delay the start.
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
        // Grizzly waits for the responses, but not for the probes that report them.
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
