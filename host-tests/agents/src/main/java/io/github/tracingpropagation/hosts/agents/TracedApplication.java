// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.agents;

import io.github.tracingpropagation.servlet.TracingPropagationFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** Tomcat with the servlet filter, and a servlet that calls downstream. */
public final class TracedApplication {
  private TracedApplication() {}

  /**
   * Starts Tomcat.
   *
   * @param args the port on the loopback interface, and Tomcat's base directory
   */
  public static void main(String[] args) throws LifecycleException {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(args[1]);
    tomcat.setPort(Integer.parseInt(args[0]));
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context application = tomcat.addContext("", null);
    application.addServletContainerInitializer(
        (classes, context) -> {
          FilterRegistration.Dynamic tracing =
              context.addFilter("tracing", new TracingPropagationFilter());
          tracing.setAsyncSupported(true);
          tracing.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
        },
        Set.of());
    URI downstream = URI.create(System.getenv("DOWNSTREAM"));
    Tomcat.addServlet(application, "calls", new CallingServlet(downstream)).addMapping("/*");
    tomcat.start();
  }
}
