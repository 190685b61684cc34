// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.sidecar;

import brave.Span;
import brave.Tracing;
import io.github.tracingpropagation.demo.service.ServedRequest;
import io.github.tracingpropagation.demo.service.Service;
import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;

/** A sidecar in this process: a reverse proxy that handles tracing headers as Envoy does. */
record BuiltInSidecar(Tracing tracing, String service, double percent) implements Sidecar {
  @Override
  public Service outbound(String called, URI to, Consumer<ServedRequest> sent) throws IOException {
    return Listener.start(handler(Span.Kind.CLIENT, called, new Upstream(to)), sent);
  }

  @Override
  public Service inbound(URI application) throws IOException {
    return Listener.start(
        handler(Span.Kind.SERVER, service, new Upstream(application)), request -> {});
  }

  /** Returns a handler that records spans of this kind. */
  Handler.Wrapper handler(Span.Kind kind, String called, Handler next) {
    return new TracingHandler(tracing, kind, called + ".svc.cluster.local:9080/*", percent, next);
  }
}
