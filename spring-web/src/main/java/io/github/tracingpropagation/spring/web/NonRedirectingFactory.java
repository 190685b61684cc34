// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import java.io.IOException;
import java.net.HttpURLConnection;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.util.ReflectionUtils;

/** Copy of a request factory, with its timeouts and proxy, that does not follow redirects. */
final class NonRedirectingFactory extends SimpleClientHttpRequestFactory {
  NonRedirectingFactory(SimpleClientHttpRequestFactory original) {
    ReflectionUtils.shallowCopyFieldState(original, this);
  }

  @Override
  protected void prepareConnection(HttpURLConnection connection, String method) throws IOException {
    super.prepareConnection(connection, method);
    connection.setInstanceFollowRedirects(false);
  }
}
