// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jdkhttp;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.TracedClientContract;
import io.github.tracingpropagation.testing.Tracer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;

/** A tracer sets its headers on the request, or in a wrapper around this library's. */
class TracedJdkHttpTest extends TracedClientContract {
  @Override
  protected void call(TracingPropagation propagation, Tracer tracer, boolean tracerFirst, URI uri)
      throws Exception {
    HttpClient client = JdkHttpTracingPropagation.wrap(HttpClient.newHttpClient(), propagation);
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    if (tracerFirst) {
      client.send(traced(tracer, request), BodyHandlers.discarding());
    } else {
      new Traced(client, tracer).send(request, BodyHandlers.discarding());
    }
  }

  private static HttpRequest traced(Tracer tracer, HttpRequest request) {
    HttpRequest.Builder traced = HttpRequest.newBuilder(request, (name, value) -> true);
    tracer.call().forEach(traced::setHeader);
    return traced.build();
  }

  private static final class Traced extends OtherHttpClient {
    private final Tracer tracer;

    Traced(HttpClient delegate, Tracer tracer) {
      super(delegate);
      this.tracer = tracer;
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
        throws IOException, InterruptedException {
      return super.send(traced(tracer, request), handler);
    }
  }
}
