// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.TracingPropagation;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Makes {@code WebClient} forward the captured tracing headers: those that Reactor's context has
 * under the key {@code CapturedHeaders.class}, where {@link TracingPropagationWebFilter} puts them,
 * or else what is current on the thread that subscribes. Thread-safe: all methods are static.
 *
 * <p>Spring's connector follows redirects by itself: no filter can check the next host. So once
 * {@link TracingPropagation#destinations() forwardTo} names hosts, only a connector from {@link
 * #wrapAssumingNoRedirects} forwards; with any other one, the client forwards nothing and logs one
 * WARNING.
 */
public final class WebClientTracingPropagation {
  private WebClientTracingPropagation() {}

  /**
   * Makes the clients of a builder forward. Call this last, after the filters were added: they run
   * before ours, which leaves what they set as it is. A second call with the same propagation does
   * nothing.
   *
   * <p>A client may deliver a response on a thread on which headers of another request are current.
   * They are hidden from what the response runs, unless Reactor's automatic context propagation
   * restores those of the chain.
   *
   * @param builder a builder on which everything else is set
   * @param propagation what to forward, and to which hosts
   * @return the builder
   */
  public static WebClient.Builder install(
      WebClient.Builder builder, TracingPropagation propagation) {
    ForwardingExchangeFilter filter = new ForwardingExchangeFilter(new Forwarder(propagation));
    return builder.filters(
        filters -> {
          if (!filters.contains(filter)) {
            builder.defaultRequest(CoroutineRequest::note);
            filters.add(filter.isFirst() ? 0 : filters.size(), filter);
          }
        });
  }

  static boolean isInstalled(WebClient.Builder builder, Forwarder forwarder) {
    List<ExchangeFilterFunction> filters = new ArrayList<>();
    builder.clone().filters(filters::addAll);
    return filters.contains(new ForwardingExchangeFilter(forwarder));
  }

  /**
   * Returns a connector that forwards where a request is sent: below all filters, to the host that
   * is connected to. It forwards for a client on which {@code install} was called, once {@code
   * forwardTo} names hosts.
   *
   * <p>This cannot detect for each connector whether it follows redirects, which would send the
   * headers to any host: the caller states that it does not. {@code new
   * ReactorClientHttpConnector()} and {@code new JdkClientHttpConnector()} follow none.
   *
   * @param connector follows no redirect
   * @param propagation what to forward, and to which hosts
   * @return a connector that is as thread-safe as the given one
   * @throws IllegalArgumentException if only some hosts may have the headers, and the connector is
   *     one of Spring's that certainly follows
   */
  public static ClientHttpConnector wrapAssumingNoRedirects(
      ClientHttpConnector connector, TracingPropagation propagation) {
    requireNonNull(connector, "connector");
    Forwarder forwarder = new Forwarder(propagation);
    if (!forwarder.toAnyHost()) {
      Redirects.refuseFollowing("connector", connector);
    }
    return new ForwardingConnector(connector, forwarder);
  }
}
