// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.util.Map;
import org.jboss.resteasy.core.ResteasyDeploymentImpl;
import org.jboss.resteasy.core.providerfactory.ResteasyProviderFactoryImpl;
import org.jboss.resteasy.plugins.server.servlet.HttpServlet30Dispatcher;
import org.jboss.resteasy.spi.Dispatcher;
import org.jboss.resteasy.spi.ResteasyProviderFactory;

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
}
