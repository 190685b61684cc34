// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * Forwards with {@code RestClient} and {@code RestTemplate}, which call it on the caller's thread.
 */
record ForwardingInterceptor(Forwarder forwarder) implements ClientHttpRequestInterceptor {

  /** Makes a client forward, unless it does so already. */
  static void addTo(RestTemplate template, Forwarder forwarder) {
    if (forwarder.toAnyHost()) {
      add(new ForwardingInterceptor(forwarder), template.getInterceptors());
    } else {
      add(new RequestBinding(forwarder), template.getClientHttpRequestInitializers());
    }
  }

  private static <T> void add(T ours, List<? super T> all) {
    if (!all.contains(ours)) {
      all.add(ours);
    }
  }

  /**
   * Makes a client forward. If it has interceptors, this one is the last, which sees what they set.
   * Otherwise it stays without: with any interceptor a client buffers the body of each request.
   */
  static void addTo(RestClient.Builder builder, Forwarder forwarder) {
    if (!forwarder.toAnyHost()) {
      builder.requestInitializers(all -> add(new RequestBinding(forwarder), all));
      return;
    }
    // Of a copy, since a builder that was asked for its interceptors makes clients that intercept.
    List<ClientHttpRequestInterceptor> others = new ArrayList<>();
    builder.clone().requestInterceptors(others::addAll);
    ForwardingInterceptor interceptor = new ForwardingInterceptor(forwarder);
    if (others.isEmpty()) {
      builder.defaultRequest(request -> request.httpRequest(interceptor::forward));
    } else {
      builder.requestInterceptor(interceptor);
    }
  }

  @Override
  public ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    forward(request);
    return execution.execute(request, body);
  }

  private void forward(HttpRequest request) {
    forwarder.forward(CapturedHeaders.current(), request.getURI(), request.getHeaders());
  }
}
