// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.app;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.jaxrs.TracingPropagationFeature;
import io.opentelemetry.context.Context;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Calls downstream with the host's Jakarta REST client or the JDK's client. */
final class Calls {
  private static final String DOWNSTREAM = System.getenv("DOWNSTREAM");
  private static final TracingPropagation PROPAGATION = TracingPropagation.fromEnvironment();

  private static final HttpClient JDK =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final Client CLIENT =
      ClientBuilder.newBuilder().register(TracingPropagationFeature.class).build();

  /** Daemon threads, so that the host can stop. */
  static final ExecutorService WORKERS =
      Executors.newFixedThreadPool(
          16,
          task -> {
            Thread worker = new Thread(task, "worker");
            worker.setDaemon(true);
            return worker;
          });

  private Calls() {}

  /**
   * Calls downstream.
   *
   * @param client {@code jdk}, or null for the host's own Jakarta REST client
   * @param n the number of the inbound request
   */
  static String downstream(String client, String n) {
    return "jdk".equals(client) ? withJdk(n) : withHostsClient(n);
  }

  /** Calls downstream asynchronously. */
  static CompletionStage<String> stage(String client, String n) {
    if (!"jdk".equals(client)) {
      return CLIENT.target(DOWNSTREAM).queryParam("n", n).request().rx().get(String.class);
    }
    return JDK.sendAsync(request(n), HttpResponse.BodyHandlers.ofString())
        .thenApply(HttpResponse::body);
  }

  private static HttpRequest request(String n) {
    URI uri = URI.create(DOWNSTREAM + "?n=" + n);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    PROPAGATION.inject(Context.current(), uri, request, HttpRequest.Builder::setHeader);
    return request.build();
  }

  private static String withJdk(String n) {
    try {
      return JDK.send(request(n), HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String withHostsClient(String n) {
    return CLIENT
        .target(DOWNSTREAM)
        .queryParam("n", n)
        .request()
        .get(String.class);
  }

  /** Calls downstream with a client without the feature, on an executor of the application. */
  static CompletionStage<String> onOwnExecutor(String n) {
    return OwnExecutor.CLIENT
        .target(DOWNSTREAM)
        .queryParam("n", n)
        .request()
        .rx()
        .get(String.class);
  }

  /** Created at first use, because that fails if the host cannot load the client's classes. */
  private static final class OwnExecutor {
    static final Client CLIENT = ClientBuilder.newBuilder().executorService(WORKERS).build();
  }
}
