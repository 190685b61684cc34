// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.jaxrs.TracingPropagationFeature;
import java.io.IOException;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.spi.AbstractContainerLifecycleListener;
import org.glassfish.jersey.server.spi.Container;
import org.glassfish.jersey.server.spi.ContainerLifecycleListener;
import org.glassfish.jersey.servlet.ServletContainer;

/** The reviews service: a Jakarta REST application on Jersey and Jetty. */
public final class ReviewsService {
  private ReviewsService() {}

  /**
   * Starts the service.
   *
   * @throws IOException if the port cannot be used
   */
  public static JettyService start(ServerSettings server, ReviewsSettings settings)
      throws IOException {
    TracingPropagation propagation = server.propagation();
    RatingsClient client = settings.newClient(propagation);
    ResourceConfig application =
        new ResourceConfig()
            .register(new TracingPropagationFeature(propagation))
            .register(new ReviewsResource(settings, client))
            .register(closing(client))
            // Everything is registered above; scanning for more would only delay the start.
            .property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
            .property(ServerProperties.WADL_FEATURE_DISABLE, true);
    return JettyService.start(server, JettyService.application(new ServletContainer(application)));
  }

  private static ContainerLifecycleListener closing(RatingsClient client) {
    return new AbstractContainerLifecycleListener() {
      @Override
      public void onShutdown(Container container) {
        client.close();
      }
    };
  }
}
