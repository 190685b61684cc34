// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.RedirectContract;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

// docs: outbound contract
/** Contract of both ways to configure OkHttp. */
abstract class OkHttpContract extends RedirectContract {
  /** Adds the propagation to a client. */
  abstract OkHttpClient.Builder wire(OkHttpClient.Builder client, TracingPropagation propagation);

  @Override
  protected int call(TracingPropagation propagation, URI uri, List<String> lines)
      throws IOException {
    OkHttpClient client = wire(new OkHttpClient.Builder(), propagation).build();
    Request.Builder request = new Request.Builder().url(uri.toString());
    lines.forEach(line -> request.header(HeaderLines.name(line), HeaderLines.value(line)));
    try (Response response = client.newCall(request.build()).execute()) {
      return response.code();
    } finally {
      client.connectionPool().evictAll();
    }
  }
}
// docs: end
