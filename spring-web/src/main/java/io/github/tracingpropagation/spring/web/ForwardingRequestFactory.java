// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import io.github.tracingpropagation.CapturedHeaders;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.AbstractClientHttpRequestFactoryWrapper;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.support.HttpRequestWrapper;

/**
 * Forwards with {@code RestClient} and {@code RestTemplate} where a request is sent: below all
 * interceptors, so the host is the one that is connected to, and each retry has a request of its
 * own.
 */
final class ForwardingRequestFactory extends AbstractClientHttpRequestFactoryWrapper
    implements DisposableBean {
  private final @Nullable Forwarder forwarder;

  /**
   * Wraps a factory.
   *
   * @param forwarder null to forward nothing, or if what is beneath forwards
   */
  ForwardingRequestFactory(ClientHttpRequestFactory delegate, @Nullable Forwarder forwarder) {
    super(delegate);
    this.forwarder = forwarder;
  }

  /**
   * Returns a factory that forwards to the hosts that may have the headers, or null if the given
   * one may follow redirects. The result is the given one if that forwards already.
   */
  static @Nullable ClientHttpRequestFactory of(
      ClientHttpRequestFactory factory, Forwarder forwarder) {
    if (forwards(factory)) {
      return factory;
    }
    ClientHttpRequestFactory sender = NonRedirectingFactory.of(factory);
    return switch (Redirects.of(sender)) {
      case NONE -> new ForwardingRequestFactory(sender, forwarder);
      case CHECKED -> new ForwardingRequestFactory(sender, null);
      case FOLLOWED, UNKNOWN -> null;
    };
  }

  private static boolean forwards(ClientHttpRequestFactory factory) {
    return factory instanceof ForwardingRequestFactory ours
        ? ours.forwarder != null || Redirects.of(ours.getDelegate()) == Redirects.CHECKED
        : factory instanceof AbstractClientHttpRequestFactoryWrapper wrapper
            && forwards(wrapper.getDelegate());
  }

  @Override
  protected ClientHttpRequest createRequest(
      URI uri, HttpMethod method, ClientHttpRequestFactory delegate) throws IOException {
    ClientHttpRequest request = delegate.createRequest(uri, method);
    return request instanceof StreamingHttpOutputMessage streaming
        ? new StreamingRequest(request, streaming)
        : new Request(request);
  }

  /** As Spring Boot's own bean, which it destroys. */
  @Override
  public void destroy() throws Exception {
    if (getDelegate() instanceof DisposableBean disposable) {
      disposable.destroy();
    }
  }

  class Request extends HttpRequestWrapper implements ClientHttpRequest {
    private final ClientHttpRequest delegate;
    private boolean decided;

    Request(ClientHttpRequest delegate) {
      super(delegate);
      this.delegate = delegate;
    }

    @Override
    public OutputStream getBody() throws IOException {
      forward();
      return delegate.getBody();
    }

    @Override
    public ClientHttpResponse execute() throws IOException {
      forward();
      return delegate.execute();
    }

    /** Does nothing the second time. */
    private void forward() {
      if (forwarder != null && !decided) {
        decided = true;
        CapturedHeaders captured = RequestBinding.captured(delegate);
        forwarder.forward(captured, delegate.getURI(), delegate.getHeaders());
      }
    }
  }

  private final class StreamingRequest extends Request implements StreamingHttpOutputMessage {
    private final StreamingHttpOutputMessage delegate;

    StreamingRequest(ClientHttpRequest request, StreamingHttpOutputMessage delegate) {
      super(request);
      this.delegate = delegate;
    }

    @Override
    public void setBody(Body body) {
      delegate.setBody(body);
    }
  }
}
