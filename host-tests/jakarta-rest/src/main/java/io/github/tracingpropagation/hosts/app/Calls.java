// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.app;

import io.github.tracingpropagation.jaxrs.TracingPropagationFeature;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;

/** The host's own Jakarta REST client with our feature. */
final class Calls {
  private static final Client CLIENT =
      ClientBuilder.newClient().register(TracingPropagationFeature.class);

  private Calls() {}

  /** Calls downstream for the inbound request of this number. */
  static String downstream(String n) {
    return CLIENT
        .target(System.getenv("DOWNSTREAM"))
        .queryParam("n", n)
        .request()
        .get(String.class);
  }
}
