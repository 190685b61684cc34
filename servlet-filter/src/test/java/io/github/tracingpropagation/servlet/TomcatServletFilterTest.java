// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Tomcat")
class TomcatServletFilterTest extends ServletFilterContract {
  @TempDir private static Path folder;

  @Override
  Server start(TracingPropagationFilter filter, HttpServlet servlet, int workers) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("minSpareThreads", "1");
    tomcat.getConnector().setProperty("maxThreads", "" + workers);
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
    return new Server(
        URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/"),
        tomcat.getConnector().getProtocolHandler().getExecutor(),
        () -> {
          tomcat.stop();
          tomcat.destroy();
        });
  }
}
