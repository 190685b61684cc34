// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static io.github.tracingpropagation.demo.mesh.Sidecars.Direction.INBOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brave.Span;
import brave.handler.MutableSpan;
import com.linecorp.armeria.common.RequestHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.bookinfo.Http;
import io.github.tracingpropagation.demo.bookinfo.RatingsService;
import io.github.tracingpropagation.demo.bookinfo.RequestRecorder;
import io.github.tracingpropagation.demo.bookinfo.ServerSettings;
import io.github.tracingpropagation.demo.bookinfo.Service;
import io.github.tracingpropagation.demo.bookinfo.proto.RatingsGrpc;
import io.github.tracingpropagation.demo.bookinfo.proto.RatingsReply;
import io.github.tracingpropagation.demo.bookinfo.proto.RatingsRequest;
import io.github.tracingpropagation.demo.mesh.Sidecars.Route;
import io.github.tracingpropagation.demo.mesh.Sidecars.Sidecar;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A built-in sidecar in front of a gRPC server: relayed with its status, traced as HTTP is. */
@Timeout(120)
final class SidecarGrpcTest {
  private static final String TRACE = "463ac35c9f6413ad48485a3953bb6124";
  private static final String SPAN = "a2fb4a1d1a96d312";

  private final RequestRecorder atRatings = new RequestRecorder();
  private final SpanRecorder spans = new SpanRecorder();
  private RatingsService ratings;
  private Service recorder;
  private Sidecar sidecar;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws Exception {
    ratings = RatingsService.start(ServerSettings.local(TracingPropagation.create()));
    recorder = atRatings.inFrontOf(ratings.grpcUri());
    sidecar =
        new BuiltInSidecars("test", spans)
            .start("ratings", false, 100, new Route(INBOUND, "ratings", recorder.uri("")));
    channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", sidecar.uri(INBOUND).getPort())
            .usePlaintext()
            .build();
  }

  @AfterEach
  void stop() throws Exception {
    channel.shutdownNow().awaitTermination(60, TimeUnit.SECONDS);
    sidecar.close();
    recorder.close();
    ratings.close();
  }

  @Test
  void call_isAChildSpanOfItsCaller() throws Exception {
    RatingsReply reply = get(Map.of("x-b3-traceid", TRACE, "x-b3-spanid", SPAN));

    assertThat(reply.getStarsByReviewerMap()).containsEntry("Reviewer1", 5);
    MutableSpan span = spans.only();
    assertThat(span.kind()).isEqualTo(Span.Kind.SERVER);
    assertThat(span.traceId()).isEqualTo(TRACE);
    assertThat(span.parentId()).isEqualTo(SPAN);
    assertThat(span.tags())
        .containsEntry("http.method", "POST")
        .containsEntry("http.status_code", "200")
        .hasEntrySatisfying("http.url", url -> assertThat(url).endsWith("/bookinfo.Ratings/Get"));
    RequestHeaders received = atRatings.next();
    assertThat(received.path()).isEqualTo("/bookinfo.Ratings/Get");
    assertThat(received.get("x-b3-traceid", "-")).isEqualTo(TRACE);
    assertThat(received.get("x-b3-spanid", "-")).isEqualTo(span.id());
  }

  @Test
  void call_withoutHeaders_startsATrace() throws Exception {
    get(Map.of());

    assertThat(spans.only().parentId()).isNull();
    assertThat(atRatings.next().get("x-request-id", "-")).hasSize(36);
  }

  @Test
  void statusOfTheServer_isRelayed() throws Exception {
    Http.post(ratings.uri("/ratings/0"), "{\"Reviewer1\":true}");

    assertStatus("FAILED_PRECONDITION");
  }

  @Test
  void serverThatIsDown_isUnavailable() throws Exception {
    ratings.close();

    assertStatus("UNAVAILABLE");
    assertThat(spans.only().tags()).containsEntry("error", "true");
  }

  private void assertStatus(String status) {
    assertThatThrownBy(() -> get(Map.of()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).hasToString(status));
  }

  private RatingsReply get(Map<String, String> headers) {
    Metadata metadata = new Metadata();
    headers.forEach(
        (name, value) ->
            metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
    return RatingsGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
        .get(RatingsRequest.getDefaultInstance());
  }
}
