// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.function.BiPredicate;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.BufferingClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.util.ReflectionUtils;

/** Copy of a request factory, with its timeouts and proxy, that does not follow redirects. */
final class NonRedirectingFactory extends SimpleClientHttpRequestFactory {
  private NonRedirectingFactory(SimpleClientHttpRequestFactory original) {
    ReflectionUtils.shallowCopyFieldState(original, this);
  }

  /**
   * Returns a copy of Spring's simple factory, also of one that is buffered; any other factory as
   * it is.
   */
  static ClientHttpRequestFactory of(ClientHttpRequestFactory factory) {
    if (factory.getClass() == SimpleClientHttpRequestFactory.class) {
      return new NonRedirectingFactory((SimpleClientHttpRequestFactory) factory);
    }
    if (factory.getClass() == BufferingClientHttpRequestFactory.class) {
      ClientHttpRequestFactory delegate =
          ((BufferingClientHttpRequestFactory) factory).getDelegate();
      ClientHttpRequestFactory copy = of(delegate);
      return copy == delegate ? factory : buffering(copy, factory);
    }
    return factory;
  }

  @SuppressWarnings("unchecked")
  private static ClientHttpRequestFactory buffering(
      ClientHttpRequestFactory delegate, ClientHttpRequestFactory original) {
    Object predicate = Redirects.read(original, "bufferingPredicate"); // since Spring 7
    return predicate == null
        ? new BufferingClientHttpRequestFactory(delegate)
        : new BufferingClientHttpRequestFactory(delegate, (BiPredicate<URI, HttpMethod>) predicate);
  }

  @Override
  protected void prepareConnection(HttpURLConnection connection, String method) throws IOException {
    super.prepareConnection(connection, method);
    connection.setInstanceFollowRedirects(false);
  }
}
