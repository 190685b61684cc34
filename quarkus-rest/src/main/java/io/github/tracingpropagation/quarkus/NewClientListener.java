// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.quarkus;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OnceLogger;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.client.ClientRequestContext;
import java.lang.System.Logger.Level;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.stream.Stream;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;

/**
 * Restricts each new REST client to what can be kept.
 *
 * <ul>
 *   <li>Once {@code forward-to} names hosts, it follows no redirects: Quarkus's client copies the
 *       headers to the next host without calling a filter.
 *   <li>If its interface has a bulkhead, it forwards nothing: a waiting call runs in the context of
 *       another request. {@link FaultTolerance} cannot bind it, as the proxy is not in the index.
 * </ul>
 */
public final class NewClientListener implements RestClientListener {
  private static final OnceLogger LOGGER = OnceLogger.of(NewClientListener.class);
  private static final String REFUSED = NewClientListener.class.getName() + ".refused";
  private static final String BULKHEAD = "org.eclipse.microprofile.faulttolerance.Bulkhead";

  /** For {@link java.util.ServiceLoader}. */
  public NewClientListener() {}

  @Override
  public void onNewClient(Class<?> type, RestClientBuilder builder) {
    TracingPropagation propagation = CDI.current().select(TracingPropagation.class).get();
    if (!propagation.destinations().includesAll()) {
      builder.followRedirects(false);
      LOGGER.log(
          Level.INFO,
          "REST clients of Quarkus do not follow redirects, because forward-to names hosts: the"
              + " application receives the redirect.");
    }
    if (hasBulkhead(type) || Stream.of(type.getMethods()).anyMatch(method -> hasBulkhead(method))) {
      builder.property(REFUSED, true);
      LOGGER.notForwarded(
          propagation,
          type.getName(),
          "its interface has @Bulkhead, and a call that waits runs in the context of another"
              + " request",
          "Set @Bulkhead on the method that calls the client.");
    }
  }

  private static boolean hasBulkhead(AnnotatedElement element) {
    return Arrays.stream(element.getAnnotations())
        .anyMatch(annotation -> annotation.annotationType().getName().equals(BULKHEAD));
  }

  /** Returns whether the client of a request forwards nothing. */
  static boolean isRefused(ClientRequestContext request) {
    return request.getConfiguration().getProperty(REFUSED) != null;
  }
}
