// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.TracingProvider;
import io.grpc.Channel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.ServerBuilder;
import io.grpc.opentelemetry.GrpcOpenTelemetry;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.instrumentation.grpc.v1_6.GrpcTelemetry;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule 7 beside OpenTelemetry's library and gRPC's own, on the same servers and channels. */
@Tag("opentelemetry")
class OpenTelemetryTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";
  private static final String[] INBOUND = {
    "x-request-id: a",
    "b3: 80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1",
    "traceparent: 00-" + TRACE + "-" + PARENT + "-01",
    "tracestate: a=1"
  };

  private final OpenTelemetry sdk =
      new Sdk(
          SdkTracerProvider.builder()
              .addSpanProcessor(SimpleSpanProcessor.create(SpanExporter.composite()))
              .build());
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private TestServer ratings;

  @BeforeEach
  void start() throws Exception {
    ratings = TestServer.start();
  }

  @AfterEach
  void stop() {
    ratings.close();
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void rule7_openTelemetrysLibrary_itsTraceAndTheOtherHeadersLeave(
      boolean tracerFirstOnServer, boolean tracerFirstOnChannel) throws Exception {
    GrpcTelemetry telemetry = GrpcTelemetry.create(sdk);
    ServerBuilder<?> server = Transport.NETTY.server();
    if (tracerFirstOnServer) {
      install(server).intercept(telemetry.createServerInterceptor());
    } else {
      install(server.intercept(telemetry.createServerInterceptor()));
    }
    ManagedChannelBuilder<?> channel = ratings.channel();
    if (tracerFirstOnChannel) {
      install(channel).intercept(telemetry.createClientInterceptor());
    } else {
      install(channel.intercept(telemetry.createClientInterceptor()));
    }

    call(server, channel);

    assertOneTraceAndTheOtherHeaders();
  }

  /**
   * It appends its headers beneath all interceptors, which cannot see that: the settings must name
   * only providers whose headers it does not write.
   */
  @Test
  void rule7_grpcsOwnTracing_needsProvidersWhoseHeadersItDoesNotWrite() throws Exception {
    TracingPropagation zipkin =
        TracingPropagation.builder().providers(TracingProvider.ZIPKIN).build();
    GrpcOpenTelemetry telemetry = GrpcOpenTelemetry.newBuilder().sdk(sdk).build();
    ServerBuilder<?> server = Transport.NETTY.server();
    telemetry.configureServerBuilder(server);
    ManagedChannelBuilder<?> channel = GrpcTracingPropagation.install(ratings.channel(), zipkin);
    telemetry.configureChannelBuilder(channel);

    call(install(server), channel);

    assertOneTraceAndTheOtherHeaders();
  }

  private void assertOneTraceAndTheOtherHeaders() {
    assertThat(seen).containsExactly(TRACE + " a");
    assertThat(ratings.received("x-request-id")).containsExactly("a");
    assertThat(ratings.received("b3"))
        .containsExactly("80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1");
    assertThat(ratings.received("traceparent"))
        .hasSize(1)
        .allMatch(it -> it.startsWith("00-" + TRACE) && !it.contains(PARENT));
    assertThat(ratings.received("tracestate")).containsExactly("a=1");
  }

  /** Calls a service that calls ratings. */
  private void call(ServerBuilder<?> server, ManagedChannelBuilder<?> channel) throws Exception {
    Channel next = ratings.build(channel);
    server.addService(
        Calls.service(
            request -> {
              seen.add(
                  Span.current().getSpanContext().getTraceId()
                      + " "
                      + CapturedHeaders.current().requestId());
              return Calls.call(next);
            }));
    Metadata headers = Calls.metadata(INBOUND);
    try (TestServer reviews = TestServer.start(Transport.NETTY, server)) {
      Calls.call(reviews.channel(MetadataUtils.newAttachHeadersInterceptor(headers)));
    }
  }

  private static <B extends ServerBuilder<?>> B install(B builder) {
    return GrpcTracingPropagation.install(builder, TracingPropagation.create());
  }

  private static <B extends ManagedChannelBuilder<?>> B install(B builder) {
    return GrpcTracingPropagation.install(builder, TracingPropagation.create());
  }

  /** The rest of the SDK needs another release of OpenTelemetry than its library. */
  private record Sdk(TracerProvider getTracerProvider) implements OpenTelemetry {
    @Override
    public ContextPropagators getPropagators() {
      return ContextPropagators.create(W3CTraceContextPropagator.getInstance());
    }
  }
}
