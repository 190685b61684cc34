// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import io.github.tracingpropagation.grpc.GrpcTracingPropagation;
import io.github.tracingpropagation.servlet.TracingPropagationFilter;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * The ratings service: a servlet on Jetty with the library's filter, and beside it a gRPC server
 * with the library's interceptor. Threads may share it.
 */
public record RatingsService(JettyService http, Server grpc) implements Service {
  /** Starts the service; throws an {@code IllegalArgumentException} if a variable is invalid. */
  public static RatingsService start(ServerSettings settings) {
    return start(settings, new Ratings(settings.environment()));
  }

  static RatingsService start(ServerSettings settings, Ratings ratings) {
    int next = settings.port() == 0 ? 0 : settings.port() + 1;
    int port = settings.environment().port("GRPC_PORT", next, 0);
    Server grpc = grpc(settings, port, ratings);
    TracingPropagationFilter filter = new TracingPropagationFilter(settings.propagation());
    JettyService http = JettyService.start(settings, new RatingsServlet(ratings), filter);
    try {
      return new RatingsService(http, grpc.start());
    } catch (IOException e) {
      http.close();
      throw new IllegalArgumentException("GRPC_PORT=" + port + " is wrong; allowed: a free port");
    }
  }

  @SuppressWarnings("AddressSelection") // the host is an address
  private static Server grpc(ServerSettings settings, int port, Ratings ratings) {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(settings.host(), port))
            .addService(new RatingsGrpcService(ratings));
    return GrpcTracingPropagation.install(builder, settings.propagation()).build();
  }

  @Override
  public int port() {
    return http.port();
  }

  /** Returns the URI of the gRPC server for a client on this machine. */
  public URI grpcUri() {
    return URI.create("http://" + LOOPBACK + ":" + grpc.getPort());
  }

  @Override
  public void close() {
    grpc.shutdown();
    http.close();
    try {
      grpc.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    grpc.shutdownNow();
  }
}
