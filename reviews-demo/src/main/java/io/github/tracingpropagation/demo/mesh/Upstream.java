// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Proxies requests to one server; answers 503 if that is down, 504 if it is too slow, 502 if it
 * answers something else than HTTP.
 */
final class Upstream extends ProxyHandler.Reverse {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** Shorter than the servers' own, or they could close a connection that is being reused. */
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(20);

  private static final int MAX_CONNECTIONS = 1024;

  Upstream(URI server) {
    super(
        request ->
            HttpURI.build(request.getHttpURI())
                .scheme(server.getScheme())
                .host(server.getHost())
                .port(server.getPort()));
  }

  @Override
  protected void configureHttpClient(HttpClient client) {
    super.configureHttpClient(client);
    client.setUserAgentField(null);
    client.setConnectTimeout(CONNECT_TIMEOUT.toMillis());
    client.setIdleTimeout(IDLE_TIMEOUT.toMillis());
    client.setMaxConnectionsPerDestination(MAX_CONNECTIONS);
  }

  @Override
  protected void addProxyHeaders(
      Request request, org.eclipse.jetty.client.Request proxyToServerRequest) {
    // None: the story compares the headers that reviews received and sent.
  }

  @Override
  protected void onServerToProxyResponseFailure(
      Request request,
      org.eclipse.jetty.client.Request proxyToServerRequest,
      org.eclipse.jetty.client.Response serverToProxyResponse,
      Response response,
      Callback callback,
      Throwable failure) {
    Response.writeError(request, response, callback, status(failure), "upstream does not answer");
  }

  private static int status(Throwable failure) {
    if (failure instanceof HttpResponseException) {
      return 502; // what it answered is no HTTP
    }
    return failure instanceof TimeoutException ? 504 : 503;
  }
}
