// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import jakarta.ws.rs.client.ClientRequestContext;
import java.util.Set;
import org.apache.cxf.endpoint.ConduitSelector;
import org.apache.cxf.endpoint.UpfrontConduitSelector;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.PhaseInterceptorChain;
import org.apache.cxf.transport.Conduit;
import org.apache.cxf.transport.http.HTTPConduit;
import org.jspecify.annotations.Nullable;

/** CXF follows redirects only if the policy of its conduit enables it. */
final class CxfRedirects {
  /** Conduits that follow only if their policy enables it. */
  static final Set<String> CONDUITS =
      Set.of(
          "org.apache.cxf.transport.http.HttpClientHTTPConduit",
          "org.apache.cxf.transport.http.URLConnectionHTTPConduit");

  private CxfRedirects() {}

  static @Nullable String reasonNotToForward(ClientRequestContext request) {
    Message message = PhaseInterceptorChain.getCurrentMessage(); // the filter runs in its chain
    ConduitSelector selector = message.getExchange().get(ConduitSelector.class);
    if (selector.getClass() != UpfrontConduitSelector.class) {
      return RedirectCheck.reason(
          "CXF's conduit selector " + selector.getClass().getName() + " may choose another host",
          "Remove failover and load distribution.");
    }
    Conduit conduit = selector.selectConduit(message);
    String name = conduit == null ? "null" : conduit.getClass().getName();
    if (!(conduit instanceof HTTPConduit http) || !CONDUITS.contains(name)) {
      // Not the conduit's toString(), which contains the address of the request.
      return RedirectCheck.reason(
          "CXF's conduit " + name + " may follow redirects", "Use CXF's default conduit.");
    }
    return http.getClient(message).isAutoRedirect()
        ? RedirectCheck.reason("CXF is configured to follow redirects", "Remove http.autoredirect.")
        : null;
  }
}
