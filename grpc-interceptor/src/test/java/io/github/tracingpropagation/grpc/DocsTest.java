// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.Docs;
import io.github.tracingpropagation.testing.Matrix;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerServiceDefinition;
import io.opentelemetry.context.Scope;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // a scope is only there to be closed
class DocsTest {
  @Test
  void grpc() throws Exception {
    Server server = server(Transport.NETTY.server(), Calls.service(Calls::current));
    ManagedChannel channel = channel("dns:///127.0.0.1:" + server.getPort());
    try (Scope scope = Calls.request("x-request-id: abc").makeCurrent()) {
      assertThat(Calls.call(channel)).isEqualTo("x-request-id: abc");
    } finally {
      channel.shutdownNow();
      server.shutdownNow();
    }
    Docs.assertShows("grpc server", DocsTest.class);
    Docs.assertShows("grpc channel", DocsTest.class);
  }

  private static Server server(ServerBuilder<?> builder, ServerServiceDefinition ratings)
      throws Exception {
    // docs: grpc server
    builder.addService(ratings);
    Server server = GrpcTracingPropagation.install(builder).build().start(); // last
    // docs: end
    return server;
  }

  private static ManagedChannel channel(String target) {
    // docs: grpc channel
    ManagedChannel channel =
        GrpcTracingPropagation.install(ManagedChannelBuilder.forTarget(target)) // first
            .usePlaintext()
            .build();
    // docs: end
    return channel;
  }

  @Test
  void matrix() throws Exception {
    Docs.assertPart("grpc matrix", Matrix.of(GrpcOutboundTest.class));
  }
}
