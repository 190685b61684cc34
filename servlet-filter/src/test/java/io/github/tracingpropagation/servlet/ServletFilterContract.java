// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.RawHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Contract of the filter for async requests, which end after the servlet has returned. */
abstract class ServletFilterContract extends DispatchContract {
  private static final int TIMEOUT_SECONDS = 20;

  @Test
  @DisplayName("startAsync, start(Runnable)")
  void rule11_start_seesTheRequestsHeaders() throws Exception {
    assertEachRequestSeesItsOwnHeaders("/async/start");
  }

  @Test
  @DisplayName("startAsync, start(Runnable) in a block that forwards nothing")
  void rule11_startInAnotherContext_runsInThatContext() throws Exception {
    assertThat(RawHttp.get(uri("/async/start/nothing"), linesOf(0)).lines()).isEmpty();
  }

  @Test
  @DisplayName("startAsync, another pool")
  void rule11_applicationsOwnPool_seesTheWrappedContext() throws Exception {
    assertEachRequestSeesItsOwnHeaders("/async/pool");
  }

  @Test
  @DisplayName("startAsync, start(Runnable) from another pool")
  void rule11_startFromAThreadWithoutContext_seesTheRequestsHeaders() throws Exception {
    assertEachRequestSeesItsOwnHeaders("/async/pool/start");
  }

  @Test
  @DisplayName("startAsync, start(Runnable) from another pool with a span alone")
  void rule11_startFromAThreadThatKnowsNoRequest_seesTheRequestsHeaders() throws Exception {
    assertEachRequestSeesItsOwnHeaders("/async/pool/start/span");
    assertEachRequestSeesItsOwnHeaders("/async/pool/start/removed");
  }

  @Test
  @DisplayName("startAsync, start(Runnable) from another pool in a block that forwards nothing")
  void rule11_startFromAThreadThatForwardsNothing_seesNothing() throws Exception {
    assertThat(RawHttp.get(uri("/async/pool/start/nothing"), linesOf(0)).body()).isEmpty();
  }

  @Test
  @DisplayName("startAsync, a task never closes a scope")
  void rule11_scopeThatATaskNeverCloses_endsWithTheTask() throws Exception {
    assertThat(RawHttp.get(uri("/async/start/leak"), linesOf(0)).status()).isEqualTo(200);
    everyWorkerIsClean();
  }

  @Test
  @DisplayName("startAsync, dispatch()")
  void rule10_dispatch_seesTheRequestsHeaders() throws Exception {
    assertEachRequestSeesItsOwnHeaders("/async/dispatch");
  }

  @Test
  @DisplayName("startAsync, dispatch(another path)")
  void rule10_dispatchElsewhere_seesTheRequestsHeaders() throws Exception {
    assertEachRequestSeesItsOwnHeaders("/async/dispatch/elsewhere");
  }

  @Test
  @DisplayName("startAsync, dispatch() from another pool")
  void rule10_dispatchFromAThreadWithoutContext_seesTheRequestsHeaders() throws Exception {
    assertEachRequestSeesItsOwnHeaders("/async/pool/dispatch");
  }

  @Test
  @DisplayName("startAsync, time-out")
  void rule11_timeout_seesTheRequestsHeaders() throws Exception {
    assertThat(RawHttp.get(uri("/async/timeout"), linesOf(1)).lines()).isEqualTo(linesOf(1));
    assertThat(completed("/async/timeout")).isEqualTo(linesOf(1));
  }

  @Test
  @DisplayName("startAsync, the application throws")
  void rule11_error_seesTheRequestsHeaders() throws Exception {
    assertThat(RawHttp.get(uri("/async/error"), linesOf(1)).lines()).isEqualTo(linesOf(1));
    assertThat(completed("/async/error")).isEqualTo(linesOf(1));
  }

  @Test
  @DisplayName("startAsync twice, with one listener")
  void rule11_listenerThatRegistersAgain_seesTheRequestsHeaders() throws Exception {
    assertThat(RawHttp.get(uri("/async/again"), linesOf(1)).lines()).isEqualTo(linesOf(1));
    assertThat(completed("/async/again")).isEqualTo(linesOf(1));
  }

  @Test
  @DisplayName("startAsync, completed after the client left")
  void rule11_completionAfterTheClientLeft_seesTheRequestsHeaders() throws Exception {
    try (RawHttp connection = RawHttp.connect(uri("/"))) {
      connection.send("/async/gone", linesOf(1));
      await(application().async.waiting);
    }
    application().async.gone.release();

    assertThat(completed("/async/gone")).isEqualTo(linesOf(1));
  }

  @Test
  @DisplayName("ReadListener")
  void rule11_readListener_seesTheRequestsHeaders() throws Exception {
    assertEachRequestSeesItsOwnHeaders("/async/read");
    try (RawHttp connection = RawHttp.connect(uri("/"))) {
      for (int i = 0; i < 3; i++) {
        List<String> lines = new ArrayList<>(linesOf(i));
        lines.add("content-length: 3");
        connection.send("/async/read/later", lines);
        await(application().async.waiting);
        connection.write("abc");
        assertThat(connection.receive().lines()).isEqualTo(linesOf(i));
      }
    }
  }

  @Test
  @DisplayName("WriteListener")
  void rule11_writeListener_seesTheRequestsHeaders() throws Exception {
    assertEachRequestSeesItsOwnHeaders("/async/write");
  }

  @Test
  @DisplayName("ReadListener, the client left")
  void rule11_readListenerAfterTheClientLeft_seesTheRequestsHeaders() throws Exception {
    try (RawHttp connection = RawHttp.connect(uri("/"))) {
      List<String> lines = new ArrayList<>(linesOf(1));
      lines.add("content-length: 3");
      connection.send("/async/read/later", lines);
      await(application().async.waiting);
      connection.write("a");
    }

    assertThat(completed("/async/read/later")).isEqualTo(linesOf(1));
  }

  @Test
  @DisplayName("WriteListener, the client left")
  void rule11_writeListenerAfterTheClientLeft_seesTheRequestsHeaders() throws Exception {
    try (RawHttp connection = RawHttp.connect(uri("/"))) {
      connection.send("/async/write/forever", linesOf(1));
      await(application().async.tooSlow);
    }

    assertThat(completed("/async/write/forever")).isEqualTo(linesOf(1));
  }

  @Test
  @DisplayName("startAsync, request and response as without the filter")
  void rule12_startAsync_returnsTheApplicationsRequestAndResponse() throws Exception {
    assertThat(RawHttp.get(uri("/originals"), linesOf(0)).body()).isEqualTo("true");
    assertThat(RawHttp.get(uri("/originals/passed"), linesOf(0)).body()).isEqualTo("true");
  }

  @Test
  void rule12_getAsyncContextBeforeStart_throwsAsWithoutTheFilter() throws Exception {
    assertThat(RawHttp.get(uri("/not-started"), linesOf(0)).body()).isEqualTo("refused");
  }

  private static void await(Semaphore event) throws InterruptedException {
    assertThat(event.tryAcquire(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  /** Returns the lines that the path's listener saw first; Undertow may call it twice. */
  private List<String> completed(String path) throws InterruptedException {
    String lines = application().async.completed(path).poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    return lines == null ? List.of("no listener was called") : lines.lines().toList();
  }
}
