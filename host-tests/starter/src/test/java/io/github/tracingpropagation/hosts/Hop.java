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
    InboundHeaders request = InboundHeaders.next();
    String authorization = "Bearer " + request.number();
    Map<String, String> headers = request.all();
    headers.put("authorization", authorization);
    Context captured =
        application
            .context()
            .getBean(TracingPropagation.class)
            .extract(Context.root(), headers, new InboundHeaders.Getter());
    try (Scope scope = captured.makeCurrent()) {
      client.accept(prefix + request.id());
    }
    return recorder.take(prefix + request.id()).stream()
        .map(
            call ->
                new Hop(
                    call.get("host").replaceAll(":.*", ""),
                    Outcome.of(request, call, List.of(), false),
                    authorization.equals(call.get("authorization"))))
        .toList();
  }
}
