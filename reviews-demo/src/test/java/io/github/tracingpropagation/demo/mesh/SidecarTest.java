// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static io.github.tracingpropagation.demo.mesh.Sidecars.Direction.INBOUND;
import static io.github.tracingpropagation.demo.mesh.Sidecars.Direction.OUTBOUND;
import static org.assertj.core.api.Assertions.assertThat;

import brave.Span;
import brave.handler.MutableSpan;
import com.linecorp.armeria.common.RequestHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.bookinfo.FailingServer;
import io.github.tracingpropagation.demo.bookinfo.Http;
import io.github.tracingpropagation.demo.bookinfo.RatingsService;
import io.github.tracingpropagation.demo.bookinfo.RequestRecorder;
import io.github.tracingpropagation.demo.bookinfo.ServerSettings;
import io.github.tracingpropagation.demo.bookinfo.Service;
import io.github.tracingpropagation.demo.mesh.Sidecars.Direction;
import io.github.tracingpropagation.demo.mesh.Sidecars.Route;
import io.github.tracingpropagation.demo.mesh.Sidecars.Sidecar;
import io.github.tracingpropagation.testing.RawHttp;
import io.netty.util.AsciiString;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Envoy's handling of tracing headers, in front of a real service. */
final class SidecarTest {
  private static final String ID = "00000063-8d5c-4e0a-b6a3-6a9d3a1f0c2b"; // sampled from 1 % on
  private static final String ID_SAMPLED = "00000063-8d5c-9e0a-b6a3-6a9d3a1f0c2b";
  private static final String TRACE = "463ac35c9f6413ad48485a3953bb6124";
  private static final String SPAN = "a2fb4a1d1a96d312";
  private static final String PARENT = "0020000000000001";

  private final RequestRecorder atRatings = new RequestRecorder();
  private final SpanRecorder spans = new SpanRecorder();
  private Service service;
  private Service ratings;

  @BeforeEach
  void start() throws Exception {
    service = RatingsService.start(ServerSettings.local(TracingPropagation.create()));
    ratings = atRatings.inFrontOf(service.uri(""));
  }

  @AfterEach
  void stop() {
    ratings.close();
    service.close();
  }

  @Test
  void requestId_absent_isGenerated() throws Exception {
    assertThat(inbound(100, Map.of()).get("x-request-id")).hasSize(36).containsPattern("^.{14}9");
    assertThat(inbound(0, Map.of()).get("x-request-id")).hasSize(36).containsPattern("^.{14}4");
  }

  @Test
  void requestId_present_isKept() throws Exception {
    assertThat(inbound(0, Map.of("x-request-id", ID))).containsEntry("x-request-id", ID);
    assertThat(inbound(100, Map.of("x-request-id", "mine"))).containsEntry("x-request-id", "mine");
  }

  @Test
  void requestId_sampledByTheRate_isMarkedSampled() throws Exception {
    Map<String, String> first = outbound(1, Map.of("x-request-id", ID));
    assertThat(first).containsEntry("x-request-id", ID_SAMPLED).containsEntry("x-b3-sampled", "1");

    assertThat(inbound(0, Map.of("x-request-id", ID_SAMPLED)))
        .containsEntry("x-request-id", ID_SAMPLED)
        .containsEntry("x-b3-sampled", "1");
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 1, 1", "0, 100, 0, 0", "true, 0, 1, 1"})
  void callersDecision_wins(String sampled, double percent, String sent, int reported)
      throws Exception {
    assertThat(outbound(percent, Map.of("x-request-id", ID, "x-b3-sampled", sampled)))
        .containsEntry("x-b3-sampled", sent)
        .containsEntry("x-request-id", percent == 0 ? ID : ID_SAMPLED);
    spans.finished(reported);
  }

  @ParameterizedTest
  @CsvSource({"INBOUND, SERVER", "OUTBOUND, CLIENT"})
  void request_withIds_startsAChildSpan(Direction direction, Span.Kind kind) throws Exception {
    Map<String, String> received =
        through(direction, 0, b3("x-request-id", ID, "x-b3-sampled", "1"));

    MutableSpan span = spans.only();
    assertThat(List.of(span.traceId(), span.parentId())).containsExactly(TRACE, SPAN);
    assertThat(span.id()).isNotEqualTo(SPAN);
    assertThat(span.kind()).isEqualTo(kind);
    assertThat(span.shared()).isFalse();
    assertThat(received)
        .isEqualTo(
            Map.of(
                "x-request-id", ID,
                "x-b3-traceid", TRACE,
                "x-b3-spanid", span.id(),
                "x-b3-parentspanid", SPAN,
                "x-b3-sampled", "1"));
  }

  @Test
  void outbound_withoutHeaders_startsATrace() throws Exception {
    Map<String, String> received = outbound(100, Map.of());

    assertThat(received.keySet())
        .isEqualTo(Set.of("x-request-id", "x-b3-traceid", "x-b3-spanid", "x-b3-sampled"));
    assertThat(received.get("x-b3-traceid")).matches("[0-9a-f]{32}");
    assertThat(outbound(100, Map.of()).get("x-b3-traceid"))
        .isNotEqualTo(received.get("x-b3-traceid"));
  }

  @Test
  void outbound_withoutIds_leavesAParentIdAndFlags() throws Exception {
    assertThat(outbound(0, Map.of("x-b3-parentspanid", PARENT, "x-b3-flags", "0")))
        .containsEntry("x-b3-parentspanid", PARENT)
        .containsEntry("x-b3-flags", "0")
        .containsKeys("x-b3-traceid", "x-b3-spanid", "x-b3-sampled");
  }

  @ParameterizedTest
  @EnumSource
  void request_withoutADecision_isSampledByItsId(Direction direction) throws Exception {
    Map<String, String> sent = b3("x-request-id", ID);

    assertThat(through(direction, 1, sent)).containsEntry("x-b3-sampled", "1");
    assertThat(spans.only().parentId()).isEqualTo(SPAN);
    assertThat(through(direction, 0.99, sent)).containsEntry("x-b3-sampled", "0");
    spans.finished(1);
  }

  @Test
  void headers_ofOtherProviders_areForwarded() throws Exception {
    Map<String, String> sent = b3("sw8", "1-a", "uber-trace-id", "1:2:0:1");

    assertThat(inbound(0, sent))
        .containsEntry("sw8", "1-a")
        .containsEntry("uber-trace-id", "1:2:0:1");
  }

  @Test
  void gateway_replacesTheRequestId() throws Exception {
    try (Sidecar gateway = gateway(0)) {
      assertThat(send(gateway.uri(OUTBOUND), Map.of("x-request-id", ID)).get("x-request-id"))
          .hasSize(36)
          .isNotEqualTo(ID);
    }
  }

  @Test
  void gateway_reportsASpanForTheRequestAndOneForTheCall() throws Exception {
    try (Sidecar gateway = gateway(100)) {
      send(gateway.uri(OUTBOUND), Map.of());
    }
    assertThat(spans.finished(2))
        .extracting(MutableSpan::kind)
        .containsExactlyInAnyOrder(Span.Kind.SERVER, Span.Kind.CLIENT);
    assertThat(spans.finished(2))
        .extracting(MutableSpan::traceId)
        .containsOnly(spans.finished(2).get(0).traceId());
  }

  @Test
  void response_isUnchanged() throws Exception {
    List<String> direct = raw(ratings.uri(""), "/ratings/7").headers();
    try (Sidecar sidecar = sidecar(INBOUND, 0, ratings.uri(""))) {
      URI listener = sidecar.uri(INBOUND);
      assertThat(names(raw(listener, "/ratings/7").headers()))
          .containsExactlyInAnyOrderElementsOf(names(direct));
      assertThat(Http.get(listener.resolve("/ratings/x")).status()).isEqualTo(400);
      assertThat(Http.post(listener.resolve("/ratings/7"), "{\"a\":[1]}").body())
          .isEqualTo("{\"id\":7,\"ratings\":{\"a\":[1]}}");
      assertThat(Http.get(listener.resolve("/ratings/7")).body()).contains("{\"a\":[1]}");
    }
  }

  @Test
  void span_hasTheTagsOfIstio() throws Exception {
    inbound(100, Map.of("x-request-id", ID));

    MutableSpan span = spans.only();
    assertThat(span.localServiceName()).isEqualTo("ratings");
    assertThat(span.name()).isEqualTo("ratings.svc.cluster.local:9080/*");
    assertThat(span.tags())
        .containsEntry("component", "proxy")
        .containsEntry("guid:x-request-id", ID_SAMPLED)
        .containsEntry("http.method", "GET")
        .containsEntry("http.status_code", "200")
        .hasEntrySatisfying("http.url", url -> assertThat(url).endsWith("/ratings/0"))
        .doesNotContainKey("error");
  }

  @Test
  void unreachableService_is503() throws Exception {
    assertUnavailable(FailingServer.NONE);
  }

  @Test
  void serviceClosingTheConnection_is503() throws Exception {
    try (FailingServer closing = FailingServer.answering("")) {
      assertUnavailable(closing.uri());
    }
  }

  @Test
  void serviceAnsweringGarbage_is503() throws Exception {
    try (FailingServer garbage = FailingServer.answering("nonsense\r\n\r\n")) {
      assertUnavailable(garbage.uri());
    }
  }

  private void assertUnavailable(URI service) throws Exception {
    try (Sidecar sidecar = sidecar(INBOUND, 100, service)) {
      assertThat(Http.get(sidecar.uri(INBOUND).resolve("/ratings/0")).status()).isEqualTo(503);
    }
    assertThat(spans.only().tags())
        .containsEntry("http.status_code", "503")
        .containsEntry("error", "true");
  }

  private Sidecar gateway(double percent) {
    Route route = new Route(OUTBOUND, "ratings", ratings.uri(""));
    return new BuiltInSidecars("test", spans).start("gateway", true, percent, route);
  }

  private Sidecar sidecar(Direction direction, double percent, URI to) {
    Route route = new Route(direction, "ratings", to);
    return new BuiltInSidecars("test", spans).start("ratings", false, percent, route);
  }

  private Map<String, String> inbound(double percent, Map<String, String> headers)
      throws Exception {
    return through(INBOUND, percent, headers);
  }

  private Map<String, String> outbound(double percent, Map<String, String> headers)
      throws Exception {
    return through(OUTBOUND, percent, headers);
  }

  private Map<String, String> through(
      Direction direction, double percent, Map<String, String> headers) throws Exception {
    try (Sidecar sidecar = sidecar(direction, percent, ratings.uri(""))) {
      return send(sidecar.uri(direction), headers);
    }
  }

  /** Returns the headers that the service received, without those of every request. */
  private Map<String, String> send(URI listener, Map<String, String> headers) throws Exception {
    List<String> lines =
        headers.entrySet().stream().map(h -> h.getKey() + ": " + h.getValue()).toList();
    assertThat(RawHttp.get(listener.resolve("/ratings/0"), lines).status()).isEqualTo(200);
    Map<String, String> received = new HashMap<>();
    RequestHeaders request = atRatings.next();
    for (AsciiString name : request.names()) {
      received.put(name.toString(), String.join(" + ", request.getAll(name)));
    }
    received.remove("user-agent"); // of Armeria, since the request has none
    assertThat(received.remove("host")).isEqualTo(listener.getRawAuthority());
    received.keySet().removeIf(name -> name.startsWith(":"));
    return received;
  }

  private static RawHttp.Response raw(URI service, String path) throws Exception {
    return RawHttp.get(service.resolve(path), List.of());
  }

  private static List<String> names(List<String> headers) {
    return headers.stream()
        .map(line -> line.replaceFirst(":.*", "").toLowerCase(Locale.ROOT))
        .toList();
  }

  private static Map<String, String> b3(String... others) {
    Map<String, String> headers =
        new HashMap<>(
            Map.of("x-b3-traceid", TRACE, "x-b3-spanid", SPAN, "x-b3-parentspanid", PARENT));
    for (int i = 0; i < others.length; i += 2) {
      headers.put(others[i], others[i + 1]);
    }
    return headers;
  }
}
