// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.quarkus;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OnceLogger;
import jakarta.enterprise.inject.spi.CDI;
import java.lang.System.Logger.Level;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;

/**
 * Disables redirects once {@code forward-to} names hosts: Quarkus's client copies our headers to
 * each of them, and asks nobody.
 */
public final class RedirectsDisabled implements RestClientListener {
  private static final OnceLogger LOGGER = OnceLogger.of(RedirectsDisabled.class);

  /** For {@link java.util.ServiceLoader}. */
  public RedirectsDisabled() {}

  @Override
  public void onNewClient(Class<?> type, RestClientBuilder builder) {
    if (!CDI.current().select(TracingPropagation.class).get().destinations().includesAll()) {
      builder.followRedirects(false);
      LOGGER.log(
          Level.INFO,
          "REST clients of Quarkus do not follow redirects, because forward-to names hosts: the"
              + " application receives the redirect.");
    }
  }
}
