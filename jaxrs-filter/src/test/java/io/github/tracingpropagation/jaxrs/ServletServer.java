// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.servlet.TracingPropagationFilter;
import io.github.tracingpropagation.testing.InboundContract.Server;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Servlet;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;

/** Tomcat with an engine that runs as a servlet. */
final class ServletServer {
  private ServletServer() {}

  /**
   * Starts a server.
   *
   * @param engine the servlet, for every path
   * @param attributes of the servlet context, for the engine
   * @param filter whether the servlet filter is in front of it
   */
  static Server start(Servlet engine, Map<Class<?>, Object> attributes, boolean filter, int workers)
      throws Exception {
    File folder = Files.createTempDirectory("tomcat").toFile();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("minSpareThreads", "1");
    tomcat.getConnector().setProperty("maxThreads", "" + workers);
    Context app = tomcat.addContext("", null);
    attributes.forEach(
        (type, value) -> app.getServletContext().setAttribute(type.getName(), value));
    Wrapper wrapper = Tomcat.addServlet(app, "engine", engine);
    wrapper.setAsyncSupported(true);
    wrapper.addMapping("/*");
    wrapper.setLoadOnStartup(1);
    if (filter) {
      app.addServletContainerInitializer(
          (classes, context) -> {
            var tracing =
                context.addFilter(
                    "tracing", new TracingPropagationFilter(TracingPropagation.create()));
            tracing.setAsyncSupported(true);
            tracing.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
          },
          null);
    }
    tomcat.start();
    return new Server(
        URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/"),
        tomcat.getConnector().getProtocolHandler().getExecutor(),
        () -> {
          tomcat.stop();
          tomcat.destroy();
          folder.delete();
        });
  }
}
