// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.adapter.OnceLogger;
import io.opentelemetry.context.Context;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

/**
 * Forwards with {@code WebClient}: what Reactor's context has or, outside of a reactive chain that
 * has it, what is current on the thread that subscribes.
 *
 * <p>A client may deliver a response on a thread where the headers of another request are current
 * (Jetty's does). So the signals of a response run without headers, unless Reactor's automatic
 * context propagation restores those of the chain.
 */
record ForwardingExchangeFilter(Forwarder forwarder) implements ExchangeFilterFunction {
  private static final OnceLogger LOGGER = OnceLogger.of(ForwardingExchangeFilter.class);

  /**
   * Returns whether this must be the first filter: where the connector sets the headers, since
   * other filters may subscribe again, on any thread. Otherwise the last one sees what others set.
   */
  boolean isFirst() {
    return !forwarder.toAnyHost();
  }

  @Override
  public Mono<ClientResponse> filter(ClientRequest original, ExchangeFunction next) {
    boolean automatic = Hooks.isAutomaticContextPropagationEnabled();
    ClientRequest request = automatic ? original : detached(original);
    Mono<ClientResponse> response =
        Mono.deferContextual(
            view -> {
              CapturedHeaders captured =
                  CoroutineRequest.forwarded(
                      request,
                      view.hasKey(CapturedHeaders.class)
                          ? view.get(CapturedHeaders.class)
                          : CapturedHeaders.find(Context.current()));
              if (captured.isEmpty()) {
                return next.exchange(request);
              }
              return forwarder.toAnyHost()
                  ? next.exchange(
                      ClientRequest.from(request)
                          .headers(headers -> forwarder.forward(captured, request.url(), headers))
                          .build())
                  : handOver(captured, next.exchange(request));
            });
    return automatic ? response : detached(response);
  }

  /**
   * Hides the headers of other requests from what sends the request when it is written: an HTTP
   * client that forwards itself would add those of the thread.
   */
  private static ClientRequest detached(ClientRequest request) {
    BodyInserter<?, ? super ClientHttpRequest> body = request.body();
    return ClientRequest.from(request)
        .body(
            (message, context) -> Mono.from(ChainSubscriber.hiding(body.insert(message, context))))
        .build();
  }

  /** Lets the connector forward, which alone knows the host. */
  private Mono<ClientResponse> handOver(CapturedHeaders captured, Mono<ClientResponse> response) {
    ForwardingConnector.Handover handover = new ForwardingConnector.Handover(captured);
    return response
        .doOnNext(
            answer -> {
              if (!handover.received()) {
                LOGGER.mayReachOtherHost(
                    forwarder.propagation(),
                    "a WebClient",
                    "its connector may follow redirects",
                    "With Spring Boot, let its builder or the ClientHttpConnectorBuilder bean build"
                        + " the connector. Without, pass one that follows none to"
                        + " WebClientTracingPropagation.wrapAssumingNoRedirects.");
              }
            })
        .contextWrite(view -> view.put(ForwardingConnector.Handover.class, handover));
  }

  private static Mono<ClientResponse> detached(Mono<ClientResponse> response) {
    return response
        .map(
            answer -> answer.mutate().body(body -> body.transform(ChainSubscriber::hiding)).build())
        .transform(ChainSubscriber::hiding);
  }
}
