// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.util.Map;
import org.apache.cxf.jaxrs.impl.RuntimeDelegateImpl;
import org.apache.cxf.jaxrs.servlet.CXFNonSpringJaxrsServlet;

abstract class CxfServerContract extends JakartaRestServerContract {
  private final boolean filter;

  CxfServerContract(boolean filter) {
    this.filter = filter;
  }

  @Override
  Server start(Application application, int workers) throws Exception {
    RuntimeDelegate.setInstance(new RuntimeDelegateImpl());
    return ServletServer.start(
        new CXFNonSpringJaxrsServlet(application), Map.of(), filter, workers);
  }
}
