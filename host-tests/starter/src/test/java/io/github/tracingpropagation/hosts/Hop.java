// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A call that a request has caused.
 *
 * @param host the host that was connected to
 * @param outcome what the call has of the request's tracing headers
 * @param credentials whether it has the request's {@code authorization}
 */
record Hop(String host, Outcome outcome, boolean credentials) {
  /** What a tracer sets itself. */
  private static final List<String> TRACERS =
      Tracer.present() == Tracer.NONE ? List.of() : List.of("traceparent");

  static Hop own(String host) {
    return new Hop(host, Outcome.OWN, false);
  }

  static Hop withCredentials(String host) {
    return new Hop(host, Outcome.OWN, true);
  }

  static Hop nothing(String host) {
    return new Hop(host, Outcome.NOTHING, false);
  }

  /** Lets a new request call, and returns the calls of {@code /PREFIX-ID} that arrive. */
  static List<Hop> of(
      LocalApplication application, Recorder recorder, String prefix, Consumer<String> client) {
    InboundHeaders request = call(application, prefix, client);
    return recorder.take(prefix + request.id()).stream().map(call -> of(request, call)).toList();
  }

  /** Lets a new request call {@code /PREFIX-ID}. */
  static InboundHeaders call(
      LocalApplication application, String prefix, Consumer<String> client) {
    InboundHeaders request = InboundHeaders.next();
    Map<String, String> headers = request.all();
    headers.put("authorization", authorization(request));
    Context captured =
        application
            .context()
            .getBean(TracingPropagation.class)
            .extract(Context.root(), headers, new InboundHeaders.Getter());
    try (Scope scope = captured.makeCurrent()) {
      client.accept(prefix + request.id());
    }
    return request;
  }

  private static Hop of(InboundHeaders request, Map<String, String> call) {
    return new Hop(
        call.get("host").replaceAll(":.*", ""),
        Outcome.of(request, call, TRACERS, false),
        authorization(request).equals(call.get("authorization")));
  }

  private static String authorization(InboundHeaders request) {
    return "Bearer " + request.number();
  }
}
