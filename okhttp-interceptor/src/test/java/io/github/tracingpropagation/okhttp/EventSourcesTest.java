// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Log;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttp;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rule 11 for event sources of {@code okhttp-sse}. */
class EventSourcesTest extends OkHttpTestCase {
  private final Log log = Log.open();

  @BeforeEach
  void stream() {
    ratings
        .server()
        .stubFor(
            any(urlEqualTo("/events"))
                .willReturn(
                    ok("data: five stars\n\n").withHeader("Content-Type", "text/event-stream")));
  }

  @AfterEach
  void stop() {
    log.close();
  }

  /** OkHttp 4 replaces the call's event listener, so that its context is not stored. */
  @Test
  void rule11_eventSource_forwardsWithOkHttp5_andWarnsOnceWithOkHttp4() throws Exception {
    OkHttpClient client =
        installed(new OkHttpClient.Builder().dispatcher(contextWrappingDispatcher()));
    assertThat(inRequest("one", () -> events(client, get("/events"))).get())
        .isEqualTo("five stars");
    assertThat(inRequest("two", () -> events(client, get("/events"))).get())
        .isEqualTo("five stars");

    if (OkHttp.VERSION.startsWith("4.")) {
      assertThat(ratings.received(0)).isEmpty();
      assertThat(ratings.received(1)).isEmpty();
      assertThat(log.warnings()).hasSize(1).first().asString().contains("okhttp-sse 4", "OkHttp 5");
    } else {
      assertThat(ratings.received(0)).containsExactly("x-request-id: one");
      assertThat(ratings.received(1)).containsExactly("x-request-id: two");
      assertThat(log.warnings()).isEmpty();
    }
  }

  /** The workaround that the warning names, with either OkHttp. */
  @Test
  @SuppressWarnings("NullAway") // TextMapSetter allows a null carrier; this one is not null
  void rule8_injectIntoAnEventSourcesRequest_forwards() throws Exception {
    TracingPropagation propagation =
        TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();
    OkHttpClient client = new OkHttpClient.Builder().followRedirects(false).build();
    URI uri = ratings.uri("/events");
    CompletableFuture<String> event =
        inRequest(
            "abc",
            () -> {
              Request.Builder request = new Request.Builder().url(uri.toString());
              propagation.inject(Context.current(), uri, request, Request.Builder::header);
              return events(client, request.build());
            });

    assertThat(event.get()).isEqualTo("five stars");
    assertThat(ratings.received()).containsExactly("x-request-id: abc");
  }

  @Test
  void callWithoutHeaders_logsNoWarning() throws Exception {
    OkHttpClient client = installed(new OkHttpClient.Builder());
    assertThat(execute(client.newCall(get("/")))).isEqualTo(200);
    assertThat(enqueue(client.newCall(get("/"))).get()).isEqualTo(200);

    assertThat(log.warnings()).isEmpty();
  }

  private static CompletableFuture<String> events(OkHttpClient client, Request request) {
    CompletableFuture<String> first = new CompletableFuture<>();
    EventSources.createFactory(client)
        .newEventSource(
            request,
            new EventSourceListener() {
              @Override
              public void onEvent(
                  EventSource source, @Nullable String id, @Nullable String type, String data) {
                first.complete(data);
              }

              @Override
              public void onFailure(
                  EventSource source, @Nullable Throwable e, @Nullable Response response) {
                first.completeExceptionally(e == null ? new AssertionError(response) : e);
              }
            });
    return first;
  }
}
