// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus;

import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;

/** Chooses the host on a thread of its own, as that of SmallRye Stork does. */
final class LoadBalancer implements ResteasyReactiveClientRequestFilter {
  private static final ExecutorService DISCOVERY =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "discovery");
            thread.setDaemon(true);
            return thread;
          });

  @Override
  public void filter(ResteasyReactiveClientRequestContext request) {
    request.suspend();
    DISCOVERY.execute(
        () -> {
          request.setUri(
              URI.create(request.getUri().toString().replace("localhost", "127.0.0.1")));
          request.resume();
        });
  }
}
