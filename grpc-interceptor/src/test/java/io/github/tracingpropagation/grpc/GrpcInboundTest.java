// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.check.PropagationCase;
import io.github.tracingpropagation.testing.HeaderLines;
import io.grpc.Metadata;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.internal.http2.StreamResetException;
import okio.Buffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract's rows, sent by a client that is not gRPC's, which would refuse some of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrpcInboundTest {
  private static final MediaType GRPC = MediaType.get("application/grpc");

  /** Of one message: not compressed, and empty. */
  private static final byte[] EMPTY_MESSAGE = new byte[5];

  private final OkHttpClient client =
      new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build();

  private TestServer server;

  @BeforeAll
  void start() throws Exception {
    ServerBuilder<?> builder = Transport.NETTY.server().addService(Calls.service(Calls::current));
    TracingPropagation propagation = TracingPropagation.create();
    builder.intercept(new OtherWay(propagation));
    GrpcTracingPropagation.install(builder, propagation);
    server = TestServer.start(Transport.NETTY, builder);
  }

  @AfterAll
  void stop() {
    client.connectionPool().evictAll();
    server.close();
  }

  static Stream<PropagationCase> rows() {
    return PropagationCase.all()
        .filter(row -> !GrpcRows.hasInvalidBinary(row))
        .map(GrpcRows::received);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void request_isCaptured(PropagationCase row) throws Exception {
    assertThat(send(row.in())).isEqualTo(row.out());
  }

  @Test
  void linesOfMetadata_areAccessible() {
    assertThat(MetadataLines.AVAILABLE).isTrue();
  }

  /** gRPC reads a list of two as two lines. */
  @Test
  void rule6_listOfBinaryMetadata_firstWins() throws Exception {
    assertThat(send(List.of("grpc-trace-bin: AAAA,BBBB"))).containsExactly("grpc-trace-bin: AAAA");
  }

  /** Before any interceptor. */
  @Test
  void binaryMetadataThatIsNotBase64_isRefusedByGrpcItself() {
    assertThatThrownBy(() -> send(List.of("grpc-trace-bin: not Base64")))
        .isInstanceOf(StreamResetException.class);
  }

  /** How the headers are read if gRPC does not give access to its lines. */
  private record OtherWay(TracingPropagation propagation) implements ServerInterceptor {
    @Override
    public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
        ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
      assertThat(
              propagation.capture(
                  new InboundMetadata(headers, HeaderKeys.of(propagation.fields()).values())))
          .isEqualTo(CapturedHeaders.current());
      return next.startCall(call, headers);
    }
  }

  @SuppressWarnings("NullAway") // to OkHttp 4 a body may be null; a new response has one
  private List<String> send(List<String> lines) throws IOException {
    Headers.Builder headers = new Headers.Builder().add("te", "trailers");
    for (String line : lines) {
      headers.addUnsafeNonAscii(HeaderLines.name(line), HeaderLines.value(line));
    }
    Request request =
        new Request.Builder()
            .url("http://127.0.0.1:" + server.port() + "/" + Calls.UNARY.getFullMethodName())
            .headers(headers.build())
            .post(RequestBody.create(EMPTY_MESSAGE, GRPC))
            .build();
    try (Response response = client.newCall(request).execute()) {
      Buffer body = new Buffer();
      body.writeAll(response.body().source());
      assertThat(response.trailers().get("grpc-status")).isEqualTo("0");
      body.skip(EMPTY_MESSAGE.length);
      return body.readUtf8().lines().toList();
    }
  }
}
