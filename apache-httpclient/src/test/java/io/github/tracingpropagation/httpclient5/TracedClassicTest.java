// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.httpclient5;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.TracedClientContract;
import io.github.tracingpropagation.testing.Tracer;
import java.net.URI;
import java.util.List;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.HttpRequestInterceptor;

class TracedClassicTest extends TracedClientContract {
  @Override
  protected void call(TracingPropagation propagation, Tracer tracer, boolean tracerFirst, URI uri)
      throws Exception {
    HttpRequestInterceptor tracing =
        (request, entity, context) -> tracer.call().forEach(request::setHeader);
    HttpClientBuilder builder = HttpClientBuilder.create();
    if (tracerFirst) {
      ApacheHttpTracingPropagation.install(builder.addRequestInterceptorLast(tracing), propagation);
    } else {
      ApacheHttpTracingPropagation.install(builder, propagation)
          .addRequestInterceptorFirst(tracing);
    }
    Clients.get(builder.build(), uri, List.of());
  }
}
