// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Sets captured headers on the requests of Spring's clients.
 *
 * @param propagation null to forward nothing
 */
record Forwarder(@Nullable TracingPropagation propagation) {
  private static final System.Logger LOGGER = System.getLogger(Forwarder.class.getName());

  /**
   * Returns a forwarder that forwards nothing, with a warning, if the clients follow redirects
   * although only some hosts may receive the headers: Spring sends what an interceptor has set to
   * each host that a client follows a redirect to.
   *
   * @param clients the clients, for the warning
   * @param redirects the property that decides, for the warning
   */
  static Forwarder create(
      TracingPropagation propagation, boolean follow, String clients, String redirects) {
    if (!follow || propagation.destinations().includesAll()) {
      return new Forwarder(propagation);
    }
    LOGGER.log(
        Level.WARNING,
        "No tracing headers are forwarded with "
            + clients
            + ", because redirects are followed, which could send them to a host that may not"
            + " receive them. Set "
            + redirects
            + " to dont-follow.");
    return new Forwarder(null);
  }

  void forward(CapturedHeaders captured, URI destination, HttpHeaders headers) {
    if (propagation == null || captured.isEmpty()) {
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
