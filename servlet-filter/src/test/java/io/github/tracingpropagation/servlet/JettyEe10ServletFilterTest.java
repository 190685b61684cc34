// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Jetty 12.0, 12.1, EE 10")
class JettyEe10ServletFilterTest extends ServletFilterContract {
  /** Returns the pool that runs requests. */
  QueuedThreadPool pool(int workers) {
    return Jetty.pool(workers);
  }

  @Override
  final Server start(Application application, int workers) throws Exception {
    ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
    errors.addErrorPage(409, "/forward");
    ServletContextHandler app = new ServletContextHandler("/");
    app.setErrorHandler(errors);
    app.addServletContainerInitializer(application);
    return Jetty.start(app, pool(workers));
  }
}
