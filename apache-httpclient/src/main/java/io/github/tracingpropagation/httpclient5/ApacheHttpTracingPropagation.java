// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.httpclient5;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OnceLogger;
import java.lang.System.Logger.Level;
import org.apache.hc.client5.http.impl.async.H2AsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/**
 * Makes a client of Apache HttpClient 5 forward the captured tracing headers, whatever thread a
 * call runs on. Thread-safe: all methods are static.
 *
 * <p>Each redirect, retry and response to an authentication challenge is decided anew, by the host
 * that the client connects to, the request's authority and its {@code Host} header: all of them
 * must be allowed. So a client may follow redirects.
 *
 * <p>Install once for each builder, and last: after other interceptors, so that a tracer's headers
 * are already set, and so that nothing changes the thread before. The builders of {@code
 * httpclient5-cache} are builders of these types, too. The minimal clients have no builder, and
 * cannot forward.
 *
 * <p>Each method logs the settings at INFO, once for equal settings.
 */
public final class ApacheHttpTracingPropagation {
  private static final OnceLogger LOGGER = OnceLogger.of(ApacheHttpTracingPropagation.class);
  private static final String CALLER = "tracing-propagation-caller";
  private static final String HOP = "tracing-propagation-hop";

  private ApacheHttpTracingPropagation() {}

  /**
   * Installs in a classic client with the settings of {@link TracingPropagation#fromEnvironment()}.
   *
   * @param builder see {@link #install(HttpClientBuilder, TracingPropagation)}
   * @return the builder
   * @throws IllegalArgumentException if a setting is invalid
   */
  public static HttpClientBuilder install(HttpClientBuilder builder) {
    return install(builder, TracingPropagation.fromEnvironment());
  }

  /**
   * Installs in a classic client. Each call forwards the headers that are current on the thread
   * that executes it.
   *
   * @param builder a client's builder on which everything else is set
   * @param propagation what to forward, and to which hosts
   * @return the builder
   */
  public static HttpClientBuilder install(
      HttpClientBuilder builder, TracingPropagation propagation) {
    return builder.addRequestInterceptorLast(injector(propagation)::injectCurrent);
  }

  /**
   * Installs in an asynchronous client with the settings of {@link
   * TracingPropagation#fromEnvironment()}.
   *
   * @param builder see {@link #install(HttpAsyncClientBuilder, TracingPropagation)}
   * @return the builder
   * @throws IllegalArgumentException if a setting is invalid
   */
  public static HttpAsyncClientBuilder install(HttpAsyncClientBuilder builder) {
    return install(builder, TracingPropagation.fromEnvironment());
  }

  /**
   * Installs in an asynchronous client. Each call forwards the headers that are current on the
   * thread that calls {@code execute}, or on the one on which an {@code AsyncRequestProducer} sends
   * its request later. Callbacks run without headers.
   *
   * @param builder a client's builder on which everything else is set
   * @param propagation what to forward, and to which hosts
   * @return the builder
   */
  public static HttpAsyncClientBuilder install(
      HttpAsyncClientBuilder builder, TracingPropagation propagation) {
    return builder
        .addExecInterceptorFirst(CALLER, CallersHeaders::capture)
        .addExecInterceptorLast(HOP, TracedRequest::proceed)
        .addRequestInterceptorLast(injector(propagation)::injectCallers);
  }

  /**
   * Installs in an asynchronous client for HTTP/2 with the settings of {@link
   * TracingPropagation#fromEnvironment()}.
   *
   * @param builder see {@link #install(H2AsyncClientBuilder, TracingPropagation)}
   * @return the builder
   * @throws IllegalArgumentException if a setting is invalid
   */
  public static H2AsyncClientBuilder install(H2AsyncClientBuilder builder) {
    return install(builder, TracingPropagation.fromEnvironment());
  }

  /**
   * Installs in an asynchronous client for HTTP/2, as in {@linkplain
   * #install(HttpAsyncClientBuilder, TracingPropagation) any other}.
   *
   * @param builder a client's builder on which everything else is set
   * @param propagation what to forward, and to which hosts
   * @return the builder
   */
  public static H2AsyncClientBuilder install(
      H2AsyncClientBuilder builder, TracingPropagation propagation) {
    return builder
        .addExecInterceptorFirst(CALLER, CallersHeaders::capture)
        .addExecInterceptorLast(HOP, TracedRequest::proceed)
        .addRequestInterceptorLast(injector(propagation)::injectCallers);
  }

  private static HeaderInjector injector(TracingPropagation propagation) {
    requireNonNull(propagation, "propagation");
    LOGGER.log(Level.INFO, "Apache HttpClient forwards with " + propagation);
    return new HeaderInjector(propagation);
  }
}
