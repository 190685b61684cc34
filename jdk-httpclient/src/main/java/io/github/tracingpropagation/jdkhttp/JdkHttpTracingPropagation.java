// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jdkhttp;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.InvalidSettingException;
import io.github.tracingpropagation.adapter.OnceLogger;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;

/**
 * Makes a {@link HttpClient} of the JDK forward the captured tracing headers, whatever thread a
 * request runs on. Thread-safe: all methods are static.
 */
public final class JdkHttpTracingPropagation {
  private static final String CLIENT = "java.net.http.HttpClient";
  private static final OnceLogger LOGGER = OnceLogger.of(JdkHttpTracingPropagation.class);

  private JdkHttpTracingPropagation() {}

  /**
   * Wraps with the settings of {@link TracingPropagation#fromEnvironment()}.
   *
   * @param client see {@link #wrap(HttpClient, TracingPropagation)}
   * @return a client that forwards
   * @throws IllegalArgumentException if a setting is invalid, or the client is one of
   *     OpenTelemetry's library
   */
  public static HttpClient wrap(HttpClient client) {
    return wrap(client, TracingPropagation.fromEnvironment());
  }

  /**
   * Returns a client that sends with another one. A request forwards the headers that are current
   * on the thread that calls {@link HttpClient#send send} or {@link HttpClient#sendAsync
   * sendAsync}, the handshake of a WebSocket those on the thread that calls {@link
   * java.net.http.WebSocket.Builder#buildAsync buildAsync}. It sends a copy of the application's
   * request, which {@link java.net.http.HttpResponse#request()} returns.
   *
   * <p>Wrap the JDK's client first, and the result with a tracer's: then the tracer's headers are
   * already set, and are left as they are.
   *
   * <p>Once {@link TracingPropagation#destinations()} exclude a host, two kinds of clients are
   * returned as they are, so that they forward nothing, and a WARNING says so once: a client that
   * follows redirects, since it sends the headers of the first request to each host; and a client
   * that is not the JDK's, since it may change the URI.
   *
   * <p>Logs the settings at INFO, once for equal settings.
   *
   * @param client sends the requests; it remains in use, and is closed with the result
   * @param propagation what to forward, and to which hosts
   * @return a client that forwards, as thread-safe as the given one
   * @throws IllegalArgumentException if the client is one of OpenTelemetry's library: its requests
   *     would fail, because it adds a header that is already set in another case a second time
   */
  public static HttpClient wrap(HttpClient client, TracingPropagation propagation) {
    requireNonNull(client, "client");
    requireNonNull(propagation, "propagation");
    if (client instanceof TracedHttpClient traced) {
      return wrap(traced.delegate(), propagation);
    }
    String type = client.getClass().getName();
    if (type.startsWith("io.opentelemetry.instrumentation.")) {
      throw new InvalidSettingException(
          "client",
          null,
          type,
          "\""
              + type
              + "\" fails on headers that are already set; allowed: the JDK's client. Wrap that with"
              + " JdkHttpTracingPropagation first, and the result with OpenTelemetry");
    }
    return mayReachOtherHost(client, propagation) ? client : traced(client, propagation);
  }

  private static HttpClient traced(HttpClient client, TracingPropagation propagation) {
    LOGGER.log(Level.INFO, CLIENT + " forwards with " + propagation);
    return new TracedHttpClient(client, propagation);
  }

  private static boolean mayReachOtherHost(HttpClient client, TracingPropagation propagation) {
    if (propagation.destinations().includesAll()) {
      return false;
    }
    if (client.getClass().getModule() != HttpClient.class.getModule()) {
      LOGGER.mayReachOtherHost(
          propagation,
          CLIENT,
          client.getClass().getName() + " may change the URI",
          "Wrap the JDK's client with JdkHttpTracingPropagation first, and the result with it.");
      return true;
    }
    if (client.followRedirects() != Redirect.NEVER) {
      LOGGER.mayReachOtherHost(
          propagation, CLIENT, "it follows redirects", "Set followRedirects to NEVER.");
      return true;
    }
    return false;
  }
}
