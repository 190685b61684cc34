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

/** CXF follows if the policy of its conduit tells it to. */
final class CxfRedirects {
  /** Conduits that obey their policy. */
  private static final Set<String> CONDUITS =
      Set.of(
          "org.apache.cxf.transport.http.HttpClientHTTPConduit",
          "org.apache.cxf.transport.http.URLConnectionHTTPConduit");

  private CxfRedirects() {}

  static @Nullable String obstacle(ClientRequestContext request) {
    Message message = PhaseInterceptorChain.getCurrentMessage(); // the filter runs in its chain
    ConduitSelector selector = message.getExchange().get(ConduitSelector.class);
    if (selector.getClass() != UpfrontConduitSelector.class) {
      return "CXF may send a request to another host with "
          + selector.getClass().getName()
          + ": remove failover and load distribution";
    }
    Conduit conduit = selector.selectConduit(message);
    if (!(conduit instanceof HTTPConduit http)
        || !CONDUITS.contains(conduit.getClass().getName())) {
      return "CXF may follow redirects with " + conduit + ": use its default conduit";
    }
    return http.getClient(message).isAutoRedirect()
        ? "CXF is told to follow redirects: remove http.autoredirect"
        : null;
  }
}
