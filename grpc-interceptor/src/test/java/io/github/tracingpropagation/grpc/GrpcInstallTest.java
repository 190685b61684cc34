// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Log;
import io.grpc.ManagedChannel;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.context.Scope;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

/** What {@code install} does, and the interceptors without it. */
@SuppressWarnings("try") // a scope is only there to be closed
class GrpcInstallTest {
  @Test
  void install_logsTheSameSettingsOnce() {
    TracingPropagation settings = TracingPropagation.builder().maxValueLength(77).build();
    try (Log log = Log.open()) {
      for (int i = 0; i < 3; i++) {
        GrpcTracingPropagation.install(InProcessServerBuilder.forName("unused"), settings);
        GrpcTracingPropagation.install(InProcessChannelBuilder.forName("unused"), settings);
      }

      assertThat(log.messages(Level.INFO))
          .containsExactly(
              "gRPC server captures with " + settings, "gRPC client forwards with " + settings);
    }
  }

  @Test
  void installTwice_capturesAndForwardsOnce() throws Exception {
    TracingPropagation settings = TracingPropagation.create();
    try (TestServer ratings = TestServer.start();
        Scope scope = Calls.request("x-request-id: a").makeCurrent()) {
      ManagedChannel channel =
          ratings.build(
              GrpcTracingPropagation.install(
                  GrpcTracingPropagation.install(ratings.channel(), settings), settings));

      Calls.call(channel);

      assertThat(ratings.received("x-request-id")).containsExactly("a");
    }
  }

  /** For one service of a server, and for one stub. */
  @Test
  void interceptors_canBeUsedWithoutABuilder() throws Exception {
    TracingPropagation settings = TracingPropagation.create();
    ServerServiceDefinition service =
        ServerInterceptors.intercept(
            Calls.service(request -> "" + CapturedHeaders.current().requestId()),
            new TracingPropagationServerInterceptor(settings));
    try (TestServer ratings =
            TestServer.start(Transport.NETTY, Transport.NETTY.server().addService(service));
        Scope scope = Calls.request("x-request-id: a").makeCurrent()) {
      assertThat(Calls.call(ratings.channel(new TracingPropagationClientInterceptor(settings))))
          .isEqualTo("a");
      assertThat(
              Calls.call(
                  ratings.channel(
                      MetadataUtils.newAttachHeadersInterceptor(
                          Calls.metadata("x-request-id: b")))))
          .isEqualTo("b");
    }
  }
}
