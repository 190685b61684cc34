// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.grpc.GrpcTracingPropagation;
import io.github.tracingpropagation.servlet.TracingPropagationFilter;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/**
 * The ratings service: a servlet on Jetty with the library's filter, and beside it a gRPC server
 * with the library's interceptor. Threads may share it.
 */
public record RatingsService(JettyService http, Server grpc) implements Service {
  /**
   * Starts the service.
   *
   * @param port of HTTP, 0 for any free port
   * @param environment the variables of bookinfo's ratings, and GRPC_PORT: the next port by default
   * @param propagation what to capture
   * @param served called with each request after its response
   * @throws IOException if the port cannot be used
   * @throws IllegalArgumentException if a variable is invalid
   */
  public static RatingsService start(
      String host,
      int port,
      Environment environment,
      TracingPropagation propagation,
      Consumer<ServedRequest> served)
      throws IOException {
    String next = Integer.toString(port == 0 ? 0 : port + 1);
    int grpcPort = Environment.port("GRPC_PORT", environment.text("GRPC_PORT", next), 0);
    Faults faults =
        Faults.start(
            environment, () -> ThreadLocalRandom.current().nextBoolean(), InstantSource.system());
    Ratings ratings = new Ratings(faults, duration -> Thread.sleep(duration.toMillis()));
    return start(host, port, grpcPort, ratings, propagation, served);
  }

  static RatingsService start(
      String host,
      int port,
      int grpcPort,
      Ratings ratings,
      TracingPropagation propagation,
      Consumer<ServedRequest> served)
      throws IOException {
    JettyService http = JettyService.start(host, port, application(ratings, propagation), served);
    try {
      return new RatingsService(http, grpc(host, grpcPort, ratings, propagation, served).start());
    } catch (IOException e) {
      http.close();
      throw Environment.invalid("GRPC_PORT", Integer.toString(grpcPort), "a free port");
    }
  }

  private static ServletContextHandler application(
      Ratings ratings, TracingPropagation propagation) {
    FilterHolder filter = new FilterHolder(new TracingPropagationFilter(propagation));
    filter.setAsyncSupported(true);
    ServletContextHandler application = JettyService.application(new RatingsServlet(ratings));
    application.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
    return application;
  }

  @SuppressWarnings("AddressSelection") // the host is an address
  private static Server grpc(
      String host,
      int port,
      Ratings ratings,
      TracingPropagation propagation,
      Consumer<ServedRequest> served) {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(host, port))
            .addService(new RatingsGrpcService(ratings))
            .intercept(new ServedCalls(served));
    return GrpcTracingPropagation.install(builder, propagation).build();
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
