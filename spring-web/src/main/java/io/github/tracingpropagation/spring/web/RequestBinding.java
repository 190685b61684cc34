// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.adapter.OnceLogger;
import io.opentelemetry.context.Context;
import java.util.Map;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.AbstractClientHttpRequestFactoryWrapper;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestInitializer;

/**
 * Binds the captured headers to each request of a client where the call is made, for a {@link
 * ForwardingRequestFactory} at the end of the client's interceptors. Without one nothing is
 * forwarded, with a warning.
 */
record RequestBinding(Forwarder forwarder) implements ClientHttpRequestInitializer {
  private static final OnceLogger LOGGER = OnceLogger.of(RequestBinding.class);

  /** The attribute of a request. */
  private static final String KEY = "io.github.tracingpropagation.captured-headers";

  /** Fields of Spring's classes that have what sends a request. */
  static final Map<String, String> SENDERS =
      Map.of(
          "org.springframework.http.client.InterceptingClientHttpRequest", "requestFactory",
          "org.springframework.http.client.BufferingClientHttpRequestWrapper", "request");

  @Override
  public void initialize(ClientHttpRequest request) {
    CapturedHeaders captured = CapturedHeaders.find(Context.current());
    if (captured == null) {
      return;
    }
    request.getAttributes().put(KEY, captured);
    if (!captured.isEmpty() && !mayForward(request)) {
      LOGGER.mayReachOtherHost(
          forwarder.propagation(),
          "a RestClient or RestTemplate",
          "its request factory may follow redirects",
          "With Spring Boot, let its builders or the ClientHttpRequestFactoryBuilder bean build the"
              + " factory. Without, pass one that follows none to"
              + " RestClientTracingPropagation.wrapAssumingNoRedirects.");
    }
  }

  /** Returns what is bound to a request or, as Spring's buffering wrapper loses that, current. */
  static CapturedHeaders captured(HttpRequest request) {
    return request.getAttributes().get(KEY) instanceof CapturedHeaders captured
        ? captured
        : CapturedHeaders.current();
  }

  /** Returns false only if certainly no {@link ForwardingRequestFactory} sends a request. */
  private static boolean mayForward(Object sender) {
    if (sender instanceof ForwardingRequestFactory
        || sender instanceof ForwardingRequestFactory.Request) {
      return true;
    }
    if (sender instanceof AbstractClientHttpRequestFactoryWrapper wrapper) {
      return mayForward(wrapper.getDelegate());
    }
    String name = SENDERS.get(sender.getClass().getName());
    if (name == null) {
      return false;
    }
    Object next = Redirects.read(sender, name);
    return next == null || mayForward(next);
  }
}
