// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import java.util.function.Function;
import kotlin.coroutines.CoroutineContext;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * What the Spring Boot starter needs of this package. Not for use: it may change with any release.
 * Thread-safe: all methods are static. Only those are to be called whose libraries are there.
 */
public final class StarterSupport {
  private StarterSupport() {}

  /**
   * Returns a request factory that forwards nothing, and that no client warns of.
   *
   * @param factory sends the requests
   * @return the factory, wrapped
   */
  public static ClientHttpRequestFactory wrapSilently(ClientHttpRequestFactory factory) {
    return new ForwardingRequestFactory(factory, null);
  }

  /**
   * Returns a connector that forwards nothing, and that no client warns of.
   *
   * @param connector sends the requests
   * @return the connector, wrapped
   */
  public static ClientHttpConnector wrapSilently(ClientHttpConnector connector) {
    return new ForwardingConnector(connector, null);
  }

  /**
   * Returns a request factory that forwards once only some hosts may have the headers.
   *
   * @param factory sends the requests
   * @param propagation what to forward, and to which hosts
   * @return the same one if it forwards already, another one if the given one follows no redirect,
   *     or null if it may follow
   */
  public static @Nullable ClientHttpRequestFactory forwarding(
      ClientHttpRequestFactory factory, TracingPropagation propagation) {
    return ForwardingRequestFactory.of(factory, new Forwarder(propagation));
  }

  /**
   * Returns a connector that forwards once only some hosts may have the headers.
   *
   * @param connector sends the requests
   * @param propagation what to forward, and to which hosts
   * @return the same one if it forwards already, another one if the given one follows no redirect,
   *     or null if it may follow
   */
  public static @Nullable ClientHttpConnector forwarding(
      ClientHttpConnector connector, TracingPropagation propagation) {
    return ForwardingConnector.of(connector, new Forwarder(propagation));
  }

  /**
   * Returns what sends the requests of a factory.
   *
   * @param factory sends the requests, and may forward
   * @return a factory that does not forward itself
   */
  public static ClientHttpRequestFactory withoutForwarding(ClientHttpRequestFactory factory) {
    return factory instanceof ForwardingRequestFactory ours ? ours.getDelegate() : factory;
  }

  /**
   * Returns whether a request factory or a connector certainly follows redirects.
   *
   * @param sender of Spring's
   * @return false if it follows none, or if that cannot be seen
   */
  public static boolean follows(Object sender) {
    return Redirects.of(sender) == Redirects.FOLLOWED;
  }

  /**
   * Returns whether the adapter of Apache HttpClient 5 is installed in a client of it.
   *
   * @param client a classic one, or an asynchronous one
   * @return false if it is not, or if that cannot be seen
   */
  public static boolean forwardsItself(Object client) {
    return Redirects.isInstalledInApache(client);
  }

  /**
   * Returns whether the clients of a builder forward, as far as the builder decides.
   *
   * @param builder of a client
   * @param propagation what to forward, and to which hosts
   * @return whether it was installed
   */
  public static boolean isInstalled(RestClient.Builder builder, TracingPropagation propagation) {
    return RestClientTracingPropagation.isInstalled(builder, new Forwarder(propagation));
  }

  /**
   * Returns whether the clients of a builder forward, as far as the builder decides.
   *
   * @param builder of a client
   * @param propagation what to forward, and to which hosts
   * @return whether it was installed
   */
  public static boolean isInstalled(WebClient.Builder builder, TracingPropagation propagation) {
    return WebClientTracingPropagation.isInstalled(builder, new Forwarder(propagation));
  }

  /**
   * Returns a field of one of Spring's own objects.
   *
   * @param object whose field it is
   * @param name of the field
   * @return its value, or null if there is none or it cannot be read
   */
  public static @Nullable Object read(Object object, String name) {
    return Redirects.read(object, name);
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
