// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import io.github.tracingpropagation.CapturedHeaders;
import java.io.IOException;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Forwards with {@code RestClient} and {@code RestTemplate}, which call it on the caller's thread.
 */
record ForwardingInterceptor(Forwarder forwarder) implements ClientHttpRequestInterceptor {

  @Override
  public ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    forward(request);
    return execution.execute(request, body);
  }

  void forward(HttpRequest request) {
    forwarder.forward(CapturedHeaders.current(), request.getURI(), request.getHeaders());
  }
}
