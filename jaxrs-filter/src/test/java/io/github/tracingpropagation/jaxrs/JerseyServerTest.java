// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.net.URI;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.internal.RuntimeDelegateImpl;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Jersey 3.1, 4, on Grizzly")
class JerseyServerTest extends JakartaRestServerContract {
  @Override
  Server start(Application application, int workers) throws Exception {
    RuntimeDelegate.setInstance(new RuntimeDelegateImpl()); // another engine's test may have run
    HttpServer grizzly =
        GrizzlyHttpServerFactory.createHttpServer(
            URI.create("http://127.0.0.1:0/"), ResourceConfig.forApplication(application), false);
    NetworkListener listener = grizzly.getListener("grizzly");
    listener
        .getTransport()
        .setWorkerThreadPoolConfig(
            ThreadPoolConfig.defaultConfig().setCorePoolSize(workers).setMaxPoolSize(workers));
    grizzly.start();
    return new Server(
        URI.create("http://127.0.0.1:" + listener.getPort() + "/"),
        listener.getTransport().getWorkerThreadPool(),
        grizzly::shutdownNow);
  }
}
