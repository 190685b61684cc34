// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.httpclient5;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.RedirectContract;
import java.net.URI;
import java.util.List;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

class ClassicTest extends RedirectContract {
  @Override
  protected int call(TracingPropagation propagation, URI uri, List<String> lines) throws Exception {
    var builder = HttpClientBuilder.create().setDefaultRequestConfig(Clients.CIRCULAR_REDIRECTS);
    return Clients.get(
        ApacheHttpTracingPropagation.install(builder, propagation).build(), uri, lines);
  }
}
