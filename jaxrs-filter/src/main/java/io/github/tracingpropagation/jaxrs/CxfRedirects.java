// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.jaxrs.RedirectCheck.Refusal;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.apache.cxf.endpoint.ConduitSelector;
import org.apache.cxf.endpoint.UpfrontConduitSelector;
import org.apache.cxf.interceptor.Interceptor;
import org.apache.cxf.jaxrs.client.ClientProviderFactory;
import org.apache.cxf.jaxrs.model.ProviderInfo;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.PhaseInterceptorChain;
import org.apache.cxf.transport.Conduit;
import org.apache.cxf.transport.http.HTTPConduit;
import org.jspecify.annotations.Nullable;

/**
 * CXF follows redirects only if the policy of its conduit enables it. But later filters, and
 * interceptors after the filters, can change the address that the conduit connects to.
 */
final class CxfRedirects {
  /** Conduits that follow only if their policy enables it. */
  static final Set<String> CONDUITS =
      Set.of(
          "org.apache.cxf.transport.http.HttpClientHTTPConduit",
          "org.apache.cxf.transport.http.URLConnectionHTTPConduit");

  /** CXF's interceptor that runs the filters. */
  private static final String FILTERS =
      "org.apache.cxf.jaxrs.client.spec.ClientRequestFilterInterceptor";

  /** CXF's interceptor that opens the connection; later ones cannot change the address. */
  private static final String SENDER = "org.apache.cxf.interceptor.MessageSenderInterceptor";

  /** The interceptors that are looked up by name. */
  static final Set<String> INTERCEPTORS = Set.of(FILTERS, SENDER);

  private CxfRedirects() {}

  static @Nullable Refusal refusal(ClientRequestContext request) {
    Message message = PhaseInterceptorChain.getCurrentMessage(); // the filter runs in its chain
    ConduitSelector selector = message.getExchange().get(ConduitSelector.class);
    if (selector == null || selector.getClass() != UpfrontConduitSelector.class) {
      return new Refusal(
          "CXF's conduit selector " + nameOf(selector) + " may choose another host",
          "Remove failover and load distribution.");
    }
    Conduit conduit = selector.selectConduit(message);
    if (!(conduit instanceof HTTPConduit http) || !CONDUITS.contains(nameOf(conduit))) {
      // Not the conduit's toString(), which contains the address of the request.
      return new Refusal(
          "CXF's conduit " + nameOf(conduit) + " may follow redirects",
          "Use CXF's default conduit.");
    }
    if (http.getClient(message).isAutoRedirect()) {
      return new Refusal("CXF is configured to follow redirects", "Remove http.autoredirect.");
    }
    List<ProviderInfo<ClientRequestFilter>> filters =
        ClientProviderFactory.getInstance(message).getClientRequestFilters();
    ClientRequestFilter last = filters.get(filters.size() - 1).getProvider();
    if (!(last instanceof ClientFilter)) {
      return LaterFilters.refusal(last.getClass());
    }
    return isAddress(message.get(Message.ENDPOINT_ADDRESS), request.getUri())
            && !hasLaterInterceptor(message)
        ? null
        : new Refusal(
            "an interceptor or setting of CXF may change the address after the filters",
            "Use a ClientRequestFilter that sets another URI.");
  }

  /** Returns whether the host that the conduit will connect to is that of the URI. */
  private static boolean isAddress(@Nullable Object address, URI uri) {
    try {
      return uri.toString().equals(address)
          || (uri.getHost() != null
              && address instanceof String text
              && uri.getHost().equalsIgnoreCase(URI.create(text).getHost()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Returns whether an interceptor of the application runs before the connection is opened. */
  private static boolean hasLaterInterceptor(Message message) {
    boolean later = false;
    for (Interceptor<?> interceptor : message.getInterceptorChain()) {
      String name = interceptor.getClass().getName();
      if (name.equals(SENDER)) {
        return false;
      }
      if (later && !name.startsWith("org.apache.cxf.")) {
        return true;
      }
      later |= name.equals(FILTERS);
    }
    return true; // the chain is another one than expected
  }

  private static String nameOf(@Nullable Object object) {
    return object == null ? "null" : object.getClass().getName();
  }
}
