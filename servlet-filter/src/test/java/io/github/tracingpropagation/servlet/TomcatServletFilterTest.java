// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.Executor;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.io.TempDir;

class TomcatServletFilterTest extends ServletFilterContract {
  private final Tomcat tomcat = new Tomcat();

  @TempDir private static Path folder;

  @Override
  URI start(TracingPropagationFilter filter, HttpServlet servlet) throws Exception {
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("maxThreads", "8");
    Context app = tomcat.addContext("", null);
    Wrapper wrapper = Tomcat.addServlet(app, "application", servlet);
    wrapper.setAsyncSupported(true);
    wrapper.addMapping("/");
    app.addServletContainerInitializer(
        (classes, context) -> {
          var registration = context.addFilter("tracing", filter);
          registration.setAsyncSupported(true);
          registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
        },
        null);
    tomcat.start();
    return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/");
  }

  @Override
  protected Executor workers() {
    return tomcat.getConnector().getProtocolHandler().getExecutor();
  }

  @Override
  protected void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }
}
