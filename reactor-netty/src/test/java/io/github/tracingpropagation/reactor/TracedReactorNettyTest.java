// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.reactor;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.TracedClientContract;
import io.github.tracingpropagation.testing.Tracer;
import java.net.URI;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** With a tracer that sets its headers where a request is configured, as it is subscribed to. */
class TracedReactorNettyTest extends TracedClientContract {
  @Override
  protected void call(TracingPropagation propagation, Tracer tracer, boolean tracerFirst, URI uri) {
    HttpClient client = HttpClient.create();
    HttpClient both =
        tracerFirst
            ? ReactorNettyTracingPropagation.install(traced(client, tracer), propagation)
            : traced(ReactorNettyTracingPropagation.install(client, propagation), tracer);
    both.get().uri(uri).response().block(Duration.ofSeconds(60));
  }

  private static HttpClient traced(HttpClient client, Tracer tracer) {
    return client.headersWhen(
        headers ->
            Mono.fromSupplier(
                () -> {
                  tracer.call().forEach(headers::set);
                  return headers;
                }));
  }
}
