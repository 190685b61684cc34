// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.httpclient5;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.TracedClientContract;
import io.github.tracingpropagation.testing.Tracer;
import java.net.URI;
import java.util.List;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;

/** With a tracer that sets its headers in the chain, on the calling thread. */
class TracedAsyncTest extends TracedClientContract {
  @Override
  protected void call(TracingPropagation propagation, Tracer tracer, boolean tracerFirst, URI uri)
      throws Exception {
    AsyncExecChainHandler tracing =
        (request, body, scope, chain, callback) -> {
          tracer.call().forEach(request::setHeader);
          chain.proceed(request, body, scope, callback);
        };
    HttpAsyncClientBuilder builder = HttpAsyncClientBuilder.create();
    if (tracerFirst) {
      ApacheHttpTracingPropagation.install(
          builder.addExecInterceptorFirst("tracer", tracing), propagation);
    } else {
      ApacheHttpTracingPropagation.install(builder, propagation)
          .addExecInterceptorFirst("tracer", tracing);
    }
    Clients.get(builder.build(), uri, List.of());
  }
}
