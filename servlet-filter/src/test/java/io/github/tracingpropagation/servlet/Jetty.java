// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.github.tracingpropagation.testing.InboundContract;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Starts Jetty for the tests of both Jakarta EE releases. */
final class Jetty {
  private Jetty() {}

  static QueuedThreadPool pool(int workers) {
    QueuedThreadPool pool = new QueuedThreadPool();
    pool.setReservedThreads(0);
    pool.setMinThreads(1);
    pool.setMaxThreads(workers + 2); // the selector and its standby
    return pool;
  }

  static InboundContract.Server start(Handler application, QueuedThreadPool pool) throws Exception {
    Server jetty = new Server(pool);
    HttpConfiguration http = new HttpConfiguration();
    ServerConnector connector =
        new ServerConnector(
            jetty, 0, 1, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
    connector.setHost("127.0.0.1");
    jetty.addConnector(connector);
    jetty.setHandler(application);
    jetty.start();
    return new InboundContract.Server(jetty.getURI(), pool, jetty::stop);
  }
}
