// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.sidecar;

import io.github.tracingpropagation.demo.service.JettyService;
import io.github.tracingpropagation.demo.service.ServedRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A server on a free loopback port, one for each direction of a sidecar. */
final class Listener extends JettyService {
  private Listener(Server server, Handler handler, Consumer<ServedRequest> served) {
    super(server, handler, served);
  }

  /**
   * Starts the server.
   *
   * @param served called with each request after its response
   */
  static Listener start(Handler handler, Consumer<ServedRequest> served) throws IOException {
    HttpConfiguration http = new HttpConfiguration();
    // The proxied service has set both headers already.
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    server.addConnector(connector);
    Listener listener = new Listener(server, handler, served);
    listener.start();
    return listener;
  }
}
