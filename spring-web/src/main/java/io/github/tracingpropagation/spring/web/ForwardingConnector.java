// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import io.github.tracingpropagation.CapturedHeaders;
import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Forwards with {@code WebClient} where a request is sent: below all filters, so the host is the
 * one that is connected to.
 */
final class ForwardingConnector implements ClientHttpConnector, DisposableBean {
  private final ClientHttpConnector delegate;
  private final @Nullable Forwarder forwarder;

  /**
   * Wraps a connector.
   *
   * @param forwarder null to forward nothing
   */
  ForwardingConnector(ClientHttpConnector delegate, @Nullable Forwarder forwarder) {
    this.delegate = delegate;
    this.forwarder = forwarder;
  }

  /**
   * Returns a connector that forwards to the hosts that may have the headers, or null if the given
   * one may follow redirects. The result is the given one if that forwards already.
   */
  static @Nullable ClientHttpConnector of(ClientHttpConnector connector, Forwarder forwarder) {
    if (connector instanceof ForwardingConnector ours) {
      return ours.forwarder == null ? null : ours;
    }
    return Redirects.of(connector) == Redirects.NONE
        ? new ForwardingConnector(connector, forwarder)
        : null;
  }

  /** What a {@code WebClient} hands over to its connector, in Reactor's context. */
  static final class Handover {
    private final CapturedHeaders captured;
    private volatile boolean received;

    Handover(CapturedHeaders captured) {
      this.captured = captured;
    }

    /** Returns whether a {@link ForwardingConnector} has sent the request. */
    boolean received() {
      return received;
    }
  }

  @Override
  public Mono<ClientHttpResponse> connect(
      HttpMethod method, URI uri, Function<? super ClientHttpRequest, Mono<Void>> writer) {
    return Mono.deferContextual(
        view -> {
          Handover handover = view.getOrDefault(Handover.class, null);
          if (handover == null) {
            return delegate.connect(method, uri, writer);
          }
          handover.received = true;
          return delegate.connect(
              method, uri, request -> writer.apply(forwarding(request, uri, handover.captured)));
        });
  }

  /** Sets the headers when the writer has set those of the request. */
  private ClientHttpRequest forwarding(
      ClientHttpRequest request, URI uri, CapturedHeaders captured) {
    if (forwarder != null) {
      request.beforeCommit(
          () -> Mono.fromRunnable(() -> forwarder.forward(captured, uri, request.getHeaders())));
    }
    return request;
  }

  /** As Spring Boot's own bean, which it destroys or closes. */
  @Override
  public void destroy() throws Exception {
    if (delegate instanceof DisposableBean disposable) {
      disposable.destroy();
    } else if (delegate instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }
}
