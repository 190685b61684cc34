// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import java.net.URI;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Tomcat 10.1, 11")
class TomcatServletFilterTest extends ServletFilterContract {
  @TempDir private static Path folder;

  /** Configures the threads that run requests. */
  void configure(Connector connector, int workers) {
    connector.setProperty("minSpareThreads", "1");
    connector.setProperty("maxThreads", "" + workers);
  }

  @Override
  final Server start(Application application, int workers) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    Connector connector = tomcat.getConnector();
    connector.setProperty("address", "127.0.0.1");
    connector.addUpgradeProtocol(new Http2Protocol());
    configure(connector, workers);
    Context app = tomcat.addContext("", null);
    ErrorPage page = new ErrorPage();
    page.setErrorCode(409);
    page.setLocation("/forward");
    app.addErrorPage(page);
    app.addServletContainerInitializer(application, null);
    tomcat.start();
    return new Server(
        URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/"),
        connector.getProtocolHandler().getExecutor(),
        () -> {
          tomcat.stop();
          tomcat.destroy();
        });
  }
}
