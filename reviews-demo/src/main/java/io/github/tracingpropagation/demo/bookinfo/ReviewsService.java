// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.jaxrs.TracingPropagationFeature;
import java.io.IOException;
import java.util.function.Consumer;
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
   * @param port 0 for any free port
   * @param environment the variables of bookinfo's reviews
   * @param propagation what to capture and forward
   * @param served called with each request after its response
   * @throws IOException if the port cannot be used
   * @throws IllegalArgumentException if a variable is invalid
   */
  public static JettyService start(
      String host,
      int port,
      Environment environment,
      TracingPropagation propagation,
      Consumer<ServedRequest> served)
      throws IOException {
    return start(host, port, ReviewsSettings.from(environment), propagation, served);
  }

  static JettyService start(
      String host,
      int port,
      ReviewsSettings settings,
      TracingPropagation propagation,
      Consumer<ServedRequest> served)
      throws IOException {
    RatingsClient client = settings.newClient(propagation);
    ResourceConfig application =
        new ResourceConfig()
            .register(new TracingPropagationFeature(propagation))
            .register(new ReviewsResource(settings, client))
            .register(closing(client))
            // Everything is registered above; scanning for more would only delay the start.
            .property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
            .property(ServerProperties.WADL_FEATURE_DISABLE, true);
    return JettyService.start(
        host, port, JettyService.application(new ServletContainer(application)), served);
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
