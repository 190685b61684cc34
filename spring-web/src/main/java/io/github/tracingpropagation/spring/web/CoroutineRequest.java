// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import kotlin.coroutines.CoroutineContext;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient.RequestHeadersSpec;

/**
 * The headers that were current where a coroutine built a request of a {@code WebClient}. A block
 * of the coroutine may forward other headers or none; Reactor's context has those of the whole
 * inbound request.
 *
 * @param inbound what was captured from the request that the coroutine serves
 * @param current what is current in the block
 */
record CoroutineRequest(CapturedHeaders inbound, CapturedHeaders current) {
  private static final ContextKey<CapturedHeaders> INBOUND =
      ContextKey.named("io.github.tracingpropagation.coroutine");

  private static final String ATTRIBUTE = CoroutineRequest.class.getName();

  /** Where Spring 7 has the context of the coroutine that calls. */
  private static final String SPRINGS_ATTRIBUTE =
      "org.springframework.web.reactive.function.client.CoExchangeFilterFunction.context";

  /** Returns the context of a coroutine that serves a request. */
  static Context enter(CapturedHeaders inbound, Context context) {
    return inbound.storeInContext(context).with(INBOUND, inbound);
  }

  /** To be called where a request is built. */
  static void note(RequestHeadersSpec<?> spec) {
    Context context = Context.current();
    CapturedHeaders inbound = context.get(INBOUND);
    if (inbound != null) {
      spec.attribute(ATTRIBUTE, new CoroutineRequest(inbound, CapturedHeaders.from(context)));
    }
  }

  /**
   * Returns what a request forwards. What is stored in the request counts only if it was built in a
   * coroutine of the same inbound request: another one may subscribe to it.
   *
   * @param captured what the chain or the thread has that subscribes, or null
   */
  @SuppressWarnings("ReferenceEquality") // requests may have equal headers
  static CapturedHeaders forwarded(ClientRequest request, @Nullable CapturedHeaders captured) {
    if (captured != null && captured.isEmpty()) {
      return captured;
    }
    Object coroutine = request.attributes().get(SPRINGS_ATTRIBUTE);
    CapturedHeaders inbound = captured;
    if (captured == null) {
      inbound = Context.current().get(INBOUND); // Reactor may have hidden the headers alone
    } else if (coroutine != null) {
      inbound = CoroutineHeaders.ofChain((CoroutineContext) coroutine, captured);
    }
    if (inbound == null || inbound.isEmpty()) {
      return CapturedHeaders.empty();
    }
    if (request.attributes().get(ATTRIBUTE) instanceof CoroutineRequest built
        && built.inbound == inbound) {
      return built.current;
    }
    return captured == null ? CapturedHeaders.empty() : inbound;
  }
}
