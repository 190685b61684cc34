// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.sidecar;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** As Istio's gateway, replaces the {@code x-request-id} of a request from outside of the mesh. */
final class EdgeHandler extends Handler.Wrapper {
  EdgeHandler(Handler next) {
    super(next);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    HttpFields.Mutable headers = HttpFields.build(request.getHeaders());
    headers.remove(RequestId.HEADER); // the next handler generates one
    return super.handle(new WithHeaders(request, headers), response, callback);
  }
}
