// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.Log;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.ServerBuilder;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.context.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What gRPC carries otherwise than HTTP does. */
@SuppressWarnings("try") // a scope is only there to be closed
class GrpcValuesTest {
  private static final TracingPropagation MORE_HEADERS =
      TracingPropagation.builder().additionalHeaders("x!odd", "user-bin", "end-user").build();
  private static final Metadata.Key<byte[]> TRACE_BIN =
      Metadata.Key.of("grpc-trace-bin", Metadata.BINARY_BYTE_MARSHALLER);
  private static final Metadata.Key<byte[]> USER_BIN =
      Metadata.Key.of("user-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private TestServer ratings;

  @BeforeEach
  void start() throws Exception {
    ratings = TestServer.start();
  }

  @AfterEach
  void stop() {
    ratings.close();
  }

  /** Metadata.get would return the last one. */
  @Test
  void rule6_repeatedLines_firstWinsAndListsAreJoined() throws Exception {
    callThroughReviews(
        Calls.metadata(
            "x-request-id: a",
            "x-request-id: b",
            "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "tracestate: a=1",
            "tracestate: b=2"));

    assertThat(ratings.received("x-request-id")).containsExactly("a");
    assertThat(ratings.received("tracestate")).containsExactly("a=1,b=2");
  }

  @Test
  void rule1_binaryMetadata_hasTheSameBytes() throws Exception {
    byte[] bytes = {0, 0, -1, 62, 63, 127, -128};
    Metadata headers = new Metadata();
    for (int length = 1; length <= bytes.length; length++) {
      byte[] value = Arrays.copyOf(bytes, length);
      headers.discardAll(TRACE_BIN);
      headers.put(TRACE_BIN, value);
      headers.put(TRACE_BIN, new byte[] {1}); // the first one wins

      callThroughReviews(headers);

      Iterable<byte[]> received = ratings.received().get(length - 1).getAll(TRACE_BIN);
      assertThat(received).containsExactly(value);
    }
  }

  @Test
  void rule1_blanks_arriveUnchanged() throws Exception {
    Metadata headers = new Metadata();
    headers.put(Calls.key("end-user"), "jason  b " + "a".repeat(4000));

    callThroughReviews(headers);

    assertThat(ratings.received("end-user")).containsExactly("jason  b " + "a".repeat(4000));
  }

  /** gRPC would drop it, too, and log its bytes. */
  @Test
  void rule5_valueWithATab_isDroppedAndNotLogged() {
    Logger logger = Logger.getLogger("io.grpc");
    Records records = new Records();
    logger.addHandler(records);
    try {
      call("x-request-id: a\tb", "x-b3-sampled: 1");
    } finally {
      logger.removeHandler(records);
    }

    assertThat(ratings.received("x-request-id")).isEmpty();
    assertThat(ratings.received("x-b3-sampled")).containsExactly("1");
    assertThat(records.messages).isEmpty();
  }

  @Test
  void rule5_binaryMetadataThatIsNotBase64_isDropped() {
    call("user-bin: not Base64", "x-b3-sampled: 1");

    assertThat(ratings.received().get(0).containsKey(USER_BIN)).isFalse();
    assertThat(ratings.received("x-b3-sampled")).containsExactly("1");
  }

  @Test
  void rule5_binaryMetadataWithPadding_hasTheSameBytes() {
    call("user-bin: AP8=");

    assertThat(ratings.received().get(0).get(USER_BIN)).containsExactly(0, 255);
  }

  @Test
  void rule12_nameThatGrpcDoesNotAllow_isLeftOutAndLoggedOnce() {
    try (Log log = Log.open()) {
      new TracingPropagationServerInterceptor(MORE_HEADERS);
      call("x!odd: a", "end-user: jason");
      call("x!odd: a", "end-user: jason");

      assertThat(log.warnings())
          .containsExactly(
              "gRPC cannot carry a header named x!odd: it is neither captured nor forwarded there."
                  + " Allowed in a name are letters, digits, '-', '_' and '.'.");
    }
    assertThat(ratings.received())
        .allSatisfy(it -> assertThat(TestServer.values(it, "end-user")).containsExactly("jason"));
  }

  /** Calls ratings within an inbound request. */
  private void call(String... lines) {
    try (Scope scope = HeaderLines.extract(MORE_HEADERS, List.of(lines)).makeCurrent()) {
      Calls.call(channel());
    }
  }

  /** Calls a service that calls ratings. */
  private void callThroughReviews(Metadata headers) throws Exception {
    Channel next = channel();
    ServerBuilder<?> builder =
        Transport.NETTY.server().addService(Calls.service(request -> Calls.call(next)));
    GrpcTracingPropagation.install(builder, MORE_HEADERS);
    try (TestServer reviews = TestServer.start(Transport.NETTY, builder)) {
      Calls.call(reviews.channel(MetadataUtils.newAttachHeadersInterceptor(headers)));
    }
  }

  private ManagedChannel channel() {
    return ratings.build(GrpcTracingPropagation.install(ratings.channel(), MORE_HEADERS));
  }

  private static final class Records extends Handler {
    private final List<String> messages = new ArrayList<>();

    @Override
    public synchronized void publish(LogRecord entry) {
      messages.add(entry.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
