// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import com.linecorp.armeria.client.ResponseTimeoutException;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import io.github.tracingpropagation.demo.bookinfo.Service;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A reverse proxy for HTTP/1.1 and, as gRPC uses it, HTTP/2 without TLS; it calls its server with
 * the caller's protocol. If the caller gives up, it cancels that call; it answers 504 if the server
 * is too slow, 503 if it is down or speaks no HTTP. Threads may share it.
 */
public record Proxy(Server server) implements Service {
  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(20);
  private static final int MAX_HEAD_BYTES = 16 * 1024; // as that of the services

  /** Starts a proxy that reports the headers of each request as they arrive. */
  public static Proxy recording(Supplier<URI> to, Consumer<RequestHeaders> received) {
    return start(
        to,
        next ->
            (context, request) -> {
              received.accept(request.headers());
              return next.serve(context, request);
            });
  }

  /** Starts a proxy, which asks for the base URI of its server at each request. */
  static Proxy start(Supplier<URI> to, UnaryOperator<HttpService> decorator) {
    HttpService forward =
        (context, request) -> {
          String scheme = context.sessionProtocol().isMultiplex() ? "h2c" : "h1c";
          return WebClient.builder(scheme + "://" + to.get().getRawAuthority())
              .responseTimeout(RESPONSE_TIMEOUT)
              .maxResponseLength(0)
              .build()
              .execute(request)
              .recover(
                  failure ->
                      HttpResponse.of(failure instanceof ResponseTimeoutException ? 504 : 503));
        };
    Server server =
        Server.builder()
            .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .http1MaxHeaderSize(MAX_HEAD_BYTES)
            .maxRequestLength(0)
            .requestTimeout(Duration.ZERO)
            .gracefulShutdownTimeout(Duration.ofMillis(1), GRACE)
            .disableServerHeader()
            .disableDateHeader()
            .serviceUnder("/", decorator.apply(forward))
            .build();
    server.start().join();
    return new Proxy(server);
  }

  @Override
  public int port() {
    return server.activeLocalPort();
  }

  /** Accepts no more requests, and lets those in flight finish after it has returned. */
  @Override
  public void close() {
    var unused = server.stop(); // would take 2 s longer than the last request
  }
}
