// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
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
 * <p>A client may deliver a response on a thread that is about to send another request (Jetty's
 * does), where the headers of that one are current. So they are hidden from the signals of a
 * response, unless Reactor itself restores what belongs to each chain.
 */
record ForwardingExchangeFilter(Forwarder forwarder) implements ExchangeFilterFunction {

  @Override
  public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
    Mono<ClientResponse> response =
        Mono.deferContextual(
            view -> {
              CapturedHeaders captured =
                  view.hasKey(CapturedHeadersAccessor.KEY)
                      ? view.get(CapturedHeadersAccessor.KEY)
                      : CapturedHeaders.current();
              if (captured.isEmpty()) {
                return next.exchange(request);
              }
              return next.exchange(
                  ClientRequest.from(request)
                      .headers(headers -> forwarder.forward(captured, request.url(), headers))
                      .build());
            });
    return Hooks.isAutomaticContextPropagationEnabled() ? response : detached(response);
  }

  private static Mono<ClientResponse> detached(Mono<ClientResponse> response) {
    return response
        .map(
            answer -> answer.mutate().body(body -> body.transform(ChainSubscriber::hiding)).build())
        .transform(ChainSubscriber::hiding);
  }
}
