// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jdkhttp;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.NoRedirectContract;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

class SendTest extends NoRedirectContract {
  @Override
  protected int call(TracingPropagation propagation, URI uri, List<String> lines) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    lines.forEach(line -> request.header(HeaderLines.name(line), HeaderLines.value(line)));
    return JdkHttpTracingPropagation.wrap(HttpClient.newHttpClient(), propagation)
        .send(request.build(), BodyHandlers.discarding())
        .statusCode();
  }
}
