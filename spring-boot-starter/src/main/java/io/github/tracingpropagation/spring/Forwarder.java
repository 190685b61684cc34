// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpHeaders;

/** Sets captured headers on a request of one of Spring's clients. */
record Forwarder(TracingPropagation propagation) {

  void forward(CapturedHeaders captured, URI destination, HttpHeaders headers) {
    if (captured.isEmpty()) {
      return;
    }
    List<String> present = new ArrayList<>();
    headers.forEach((name, values) -> present.add(name)); // keySet() is gone in Spring 7
    propagation.inject(
        captured.storeInContext(Context.root()),
        destination,
        present,
        headers,
        (request, name, value) -> headers.set(name, value));
  }
}
