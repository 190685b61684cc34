// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import io.github.tracingpropagation.testing.HeaderLines;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** A real WebSocket server, which echoes each message and records each handshake's headers. */
final class WebSocketServer extends ServerEndpointConfig.Configurator implements AutoCloseable {
  private final Tomcat tomcat = new Tomcat();
  private final BlockingQueue<List<String>> handshakes = new LinkedBlockingQueue<>();

  static WebSocketServer start(Path folder) throws LifecycleException {
    WebSocketServer server = new WebSocketServer();
    server.tomcat.setBaseDir(folder.toString());
    server.tomcat.setPort(0);
    server.tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context app = server.tomcat.addContext("", null);
    Tomcat.addServlet(app, "none", new HttpServlet() {}).addMapping("/");
    app.addServletContainerInitializer(new WsSci(), null);
    app.addServletContainerInitializer((classes, context) -> server.deploy(context), null);
    server.tomcat.start();
    return server;
  }

  private void deploy(ServletContext context) throws ServletException {
    ServerContainer container =
        (ServerContainer) context.getAttribute(ServerContainer.class.getName());
    try {
      container.addEndpoint(
          ServerEndpointConfig.Builder.create(EchoEndpoint.class, "/echo")
              .configurator(this)
              .build());
    } catch (DeploymentException e) {
      throw new ServletException(e);
    }
  }

  @Override
  public void modifyHandshake(
      ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
    handshakes.add(
        request.getHeaders().entrySet().stream()
            .flatMap(
                header -> header.getValue().stream().map(v -> HeaderLines.line(header.getKey(), v)))
            .toList());
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/echo");
  }

  /** Returns the header lines of each handshake, in the order of their arrival. */
  BlockingQueue<List<String>> handshakes() {
    return handshakes;
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }

  /** Public, because Tomcat instantiates it. */
  public static final class EchoEndpoint extends Endpoint {
    @Override
    public void onOpen(Session session, EndpointConfig config) {
      session.addMessageHandler(
          String.class,
          (MessageHandler.Whole<String>)
              message -> session.getAsyncRemote().sendText(message, sent -> {}));
    }
  }
}
