// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Context;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

/**
 * Forwards with {@code WebClient}: what Reactor's context has or, outside of a reactive chain that
 * has it, what is current on the thread that subscribes.
 *
 * <p>A client may deliver a response on a thread that is about to send another request (Jetty's
 * does), where the headers of that one are current. So they are hidden from the signals of a
 * response, unless Reactor itself restores what belongs to each chain.
 */
record ForwardingExchangeFilter(Forwarder forwarder) implements ExchangeFilterFunction {

  /**
   * Makes a client forward, unless it does so already. The last filter sees the headers that the
   * others set. If the connector sets ours, the first one is right: others may subscribe again, on
   * any thread.
   */
  static WebClient.Builder addTo(WebClient.Builder builder, Forwarder forwarder) {
    ForwardingExchangeFilter filter = new ForwardingExchangeFilter(forwarder);
    return builder.filters(
        filters -> {
          if (!filters.contains(filter)) {
            builder.defaultRequest(CoroutineRequest::note);
            filters.add(forwarder.toAnyHost() ? filters.size() : 0, filter);
          }
        });
  }

  @Override
  public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
    Mono<ClientResponse> response =
        Mono.deferContextual(
            view -> {
              CapturedHeaders captured =
                  CoroutineRequest.forwarded(
                      request,
                      view.hasKey(CapturedHeadersAccessor.KEY)
                          ? view.get(CapturedHeadersAccessor.KEY)
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
    return Hooks.isAutomaticContextPropagationEnabled() ? response : detached(response);
  }

  /** Lets the connector forward, which alone knows the host. */
  private Mono<ClientResponse> handOver(CapturedHeaders captured, Mono<ClientResponse> response) {
    ForwardingConnector.Handover handover = new ForwardingConnector.Handover(captured);
    return response
        .doOnNext(
            answer -> {
              if (!handover.received()) {
                forwarder.warn(
                    "a WebClient whose connector Spring Boot did not build",
                    "it may send them to a host that may not receive them. Keep the connector of"
                        + " Spring Boot's builder, or let the ClientHttpConnectorBuilder bean build"
                        + " it.");
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
