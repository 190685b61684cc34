// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import io.github.tracingpropagation.CapturedHeaders;
import java.util.function.Function;
import kotlin.coroutines.CoroutineContext;
import org.reactivestreams.Publisher;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * What the Spring Boot starter needs of this package. Not for use: it may change with any release.
 * Thread-safe: all methods are static. Only those are to be called whose libraries are there.
 */
public final class StarterSupport {
  private StarterSupport() {}

  /**
   * Returns a request factory of which it is known that it forwards nothing, so that no client
   * warns of it.
   *
   * @param factory sends the requests
   * @return the factory, wrapped
   */
  public static ClientHttpRequestFactory wrapSilently(ClientHttpRequestFactory factory) {
    return new ForwardingRequestFactory(factory, null);
  }

  /**
   * Returns a connector of which it is known that it forwards nothing, so that no client warns of
   * it.
   *
   * @param connector sends the requests
   * @return the connector, wrapped
   */
  public static ClientHttpConnector wrapSilently(ClientHttpConnector connector) {
    return new ForwardingConnector(connector, null);
  }

  /**
   * Returns a hook of Reactor's last operators that binds each chain to the captured headers of the
   * thread that subscribes.
   *
   * @return a function for {@code Hooks.onLastOperator}
   */
  public static Function<? super Publisher<Object>, ? extends Publisher<Object>> chainBinding() {
    return ChainSubscriber.binding();
  }

  /**
   * Returns the context in which Spring is to run a coroutine of a request.
   *
   * @param captured the headers of the request
   * @return an element that makes them current, and what Spring adds itself
   */
  public static CoroutineContext coroutineContext(CapturedHeaders captured) {
    return CoroutineHeaders.context(captured);
  }

  /**
   * Returns whether Spring has an element of its own that carries the headers, as Spring 7 has.
   *
   * @return whether it has
   */
  public static boolean springHasACoroutineElement() {
    return CoroutineHeaders.springHasItsOwn();
  }

  /**
   * Runs each {@code Flow} that a controller returns with the headers of its request.
   *
   * @param registry of the application, or the shared one
   */
  public static void adaptFlows(ReactiveAdapterRegistry registry) {
    FlowAdapter.addTo(registry);
  }
}
