// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import io.github.tracingpropagation.jaxrs.TracingPropagationFeature;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.servlet.ServletContainer;

/** The reviews service: a Jakarta REST application on Jersey and Jetty. */
public final class ReviewsService {
  private ReviewsService() {}

  /** Starts the service; throws an {@code IllegalArgumentException} if its port is in use. */
  public static JettyService start(ServerSettings server, ReviewsSettings settings) {
    RatingsClient client = settings.newClient(server.propagation());
    ResourceConfig application =
        new ResourceConfig()
            .register(new TracingPropagationFeature(server.propagation()))
            .register(new ReviewsResource(settings, client))
            // Everything is registered above; scanning for more would only delay the start.
            .property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
            .property(ServerProperties.WADL_FEATURE_DISABLE, true);
    @SuppressWarnings("serial") // never serialized
    ServletContainer servlet =
        new ServletContainer(application) {
          @Override
          public void destroy() {
            super.destroy();
            client.close();
          }
        };
    return JettyService.start(server, servlet);
  }
}
