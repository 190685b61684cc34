// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.Quirk;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.util.Map;
import org.jboss.resteasy.core.ResteasyDeploymentImpl;
import org.jboss.resteasy.core.providerfactory.ResteasyProviderFactoryImpl;
import org.jboss.resteasy.plugins.server.servlet.HttpServlet30Dispatcher;
import org.jboss.resteasy.spi.Dispatcher;
import org.jboss.resteasy.spi.ResteasyProviderFactory;
import org.junit.jupiter.api.Test;

abstract class ResteasyServerContract extends JakartaRestServerContract {
  private final boolean filter;

  ResteasyServerContract(boolean filter) {
    this.filter = filter;
  }

  @Override
  Server start(Application application, int workers) throws Exception {
    RuntimeDelegate.setInstance(new ResteasyProviderFactoryImpl());
    ResteasyDeploymentImpl deployment = new ResteasyDeploymentImpl();
    deployment.setApplication(application);
    deployment.start();
    return ServletServer.start(
        new HttpServlet30Dispatcher(),
        Map.of(
            Dispatcher.class, deployment.getDispatcher(),
            ResteasyProviderFactory.class, deployment.getProviderFactory()),
        filter,
        workers);
  }

  @Test
  @Override
  @Quirk("a response filter sees the other's headers, on whose thread it runs")
  void rule10_resumedByAnotherRequest_seesHeadersOfItsRequest() throws Exception {
    assertThat(resumedByAnotherRequest("x-request-id: another's").lines())
        .containsExactly("x-request-id: abc", "x-b3-sampled: 1");
  }
}
