// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.InboundContract;
import io.github.tracingpropagation.testing.RawHttp;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Contract of the filter in every servlet container: dispatches, other filters, connections. */
abstract class DispatchContract extends InboundContract {
  private @Nullable Application application;

  /** Starts a container with the application and the error page {@code /forward} for status 409. */
  abstract Server start(Application application, int workers) throws Exception;

  @Override
  protected final Server start(TracingPropagation propagation, Answers answers, int workers)
      throws Exception {
    Application started = new Application(propagation, answers);
    application = started;
    return start(started, workers);
  }

  final Application application() {
    return requireNonNull(application);
  }

  @Override
  protected List<String> paths() {
    return List.of(
        "/forward",
        "/forwarded",
        "/included",
        "/error-page",
        "/twice",
        "/async/start",
        "/async/pool",
        "/async/pool/start",
        "/async/pool/dispatch",
        "/async/dispatch",
        "/async/dispatch/elsewhere",
        "/async/read",
        "/async/write");
  }

  final void assertEachRequestSeesItsOwnHeaders(String path) throws IOException {
    for (int i = 0; i < 6; i++) {
      assertThat(RawHttp.get(uri(path), linesOf(i)).lines()).isEqualTo(linesOf(i));
    }
  }

  @Test
  @DisplayName("forward")
  void rule10_forward_seesTheRequestsHeaders() throws Exception {
    assertEachRequestSeesItsOwnHeaders("/forwarded");
  }

  @Test
  @DisplayName("include")
  void rule10_include_seesTheRequestsHeaders() throws Exception {
    assertEachRequestSeesItsOwnHeaders("/included");
  }

  @Test
  @DisplayName("forward, include in a block that forwards nothing")
  void rule10_dispatchInABlockThatForwardsNothing_seesNothing() throws Exception {
    assertThat(RawHttp.get(uri("/forwarded/nothing"), linesOf(0)).body()).isEmpty();
    assertThat(RawHttp.get(uri("/included/nothing"), linesOf(0)).body()).isEmpty();
  }

  @Test
  @DisplayName("error page")
  void rule10_errorPage_seesTheRequestsHeaders() throws Exception {
    assertThat(RawHttp.get(uri("/error-page"), List.of()).status()).isEqualTo(409);
    assertEachRequestSeesItsOwnHeaders("/error-page");
  }

  @Test
  @DisplayName("a later filter throws")
  void rule10_requestAfterAFailedOne_seesNoneOfItsHeaders() throws Exception {
    for (int i = 0; i < 20; i++) { // more than there are worker threads
      assertThat(RawHttp.get(uri("/later-filter-fails"), linesOf(0)).status()).isEqualTo(500);
      assertThat(RawHttp.get(uri("/forward"), List.of()).lines()).isEmpty();
    }
  }

  @Test
  @DisplayName("an earlier filter leaves headers of another request")
  void rule10_dirtyThread_seesTheRequestsHeadersOrNone() throws Exception {
    assertEachRequestSeesItsOwnHeaders("/dirty");
  }

  @Test
  @DisplayName("the application never closes a scope")
  void rule10_scopeThatIsNeverClosed_endsWithTheRequest() throws Exception {
    assertThat(RawHttp.get(uri("/leak"), linesOf(0)).status()).isEqualTo(200);
    everyWorkerIsClean();
  }

  @Test
  @DisplayName("the filter twice")
  void rule10_filterTwiceWithOtherSettings_firstWins() throws Exception {
    assertEachRequestSeesItsOwnHeaders("/twice");
  }

  @Test
  @DisplayName("HTTP/2, many requests on one connection")
  void rule10_requestsOfOneHttp2Connection_seeOnlyTheirOwnHeaders() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    assertThat(client.send(http2(0), HttpResponse.BodyHandlers.ofString()).version())
        .isEqualTo(HttpClient.Version.HTTP_2);

    List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      responses.add(client.sendAsync(http2(i), HttpResponse.BodyHandlers.ofString()));
    }
    for (int i = 0; i < responses.size(); i++) {
      assertThat(responses.get(i).get().body().lines()).isEqualTo(linesOf(i));
    }
  }

  private HttpRequest http2(int i) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(paths().get(i % paths().size())));
    linesOf(i).forEach(line -> request.header(HeaderLines.name(line), HeaderLines.value(line)));
    return request.build();
  }
}
