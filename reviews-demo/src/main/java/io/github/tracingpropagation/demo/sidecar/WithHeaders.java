// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.sidecar;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;

/** A request with other headers. */
final class WithHeaders extends Request.Wrapper {
  private final HttpFields headers;

  WithHeaders(Request request, HttpFields headers) {
    super(request);
    this.headers = headers;
  }

  @Override
  public HttpFields getHeaders() {
    return headers;
  }
}
