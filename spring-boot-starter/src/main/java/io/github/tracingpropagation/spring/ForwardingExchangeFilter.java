// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;

/**
 * Forwards with {@code WebClient}: what Reactor's context has or, outside of a reactive chain that
 * has it, what is current on the thread that subscribes.
 */
record ForwardingExchangeFilter(Forwarder forwarder) implements ExchangeFilterFunction {

  @Override
  public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
    return Mono.deferContextual(
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
  }
}
