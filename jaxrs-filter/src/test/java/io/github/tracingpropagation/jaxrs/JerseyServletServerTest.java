// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.util.Map;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.internal.RuntimeDelegateImpl;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Jersey 3.1, 4, beneath the filter")
class JerseyServletServerTest extends JakartaRestServerContract {
  @Override
  Server start(Application application, int workers) throws Exception {
    RuntimeDelegate.setInstance(new RuntimeDelegateImpl());
    return ServletServer.start(
        new ServletContainer(ResourceConfig.forApplication(application)), Map.of(), true, workers);
  }
}
