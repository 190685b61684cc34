// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The loop over 16 names that many services copy, with OkHttp. */
@Execution(ExecutionMode.CONCURRENT)
class HandWrittenLoopTest {
  private static final List<String> NAMES =
      List.of(
          "x-request-id",
          "b3",
          "x-b3-traceid",
          "x-b3-spanid",
          "x-b3-parentspanid",
          "x-b3-sampled",
          "x-b3-flags",
          "x-ot-span-context",
          "x-cloud-trace-context",
          "grpc-trace-bin",
          "traceparent",
          "tracestate",
          "x-datadog-trace-id",
          "x-datadog-parent-id",
          "x-datadog-sampling-priority",
          "sw8");

  private static final ThreadLocal<Map<String, String>> CURRENT = ThreadLocal.withInitial(Map::of);

  private final OkHttpClient client = new OkHttpClient();

  @Test
  void onTheRequestsThread_itsCallsBreakByOddValues() throws Exception {
    try (PropagationCheck check = PropagationCheckTestCase.quick().start();
        TestService service =
            TestService.start(
                (path, in) -> {
                  CURRENT.set(copy(in));
                  send(check.uri());
                })) {
      CheckReport report = check.check(service.uri());

      assertThat(report.broken())
          .contains(Rule.HOSTILE, Rule.ABSENT, Rule.MALFORMED)
          .doesNotContain(Rule.FAMILIES, Rule.REQUEST_ID, Rule.NOT_MIXED, Rule.NO_LEFTOVERS);
      assertThat(report.result(Rule.HOSTILE).findings())
          .anyMatch(it -> it.contains("caf\\xe9") && it.contains("no outbound call"));
      assertThat(report.toString()).contains(Rule.HOSTILE.consequence(), Rule.HOSTILE.advice());
    }
  }

  @Test
  void onAnotherThread_itsValuesAreLost() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (PropagationCheck check = PropagationCheckTestCase.quick().start();
        TestService service =
            TestService.start(
                (path, in) -> {
                  CURRENT.set(copy(in));
                  threads.submit(() -> send(check.uri())).get();
                })) {
      CheckReport report = check.check(service.uri());

      assertThat(report.broken()).containsExactly(Rule.FAMILIES, Rule.REQUEST_ID);
      assertThat(report.toString()).contains("hand the values over to that thread");
    } finally {
      threads.shutdownNow();
    }
  }

  private static Map<String, String> copy(List<String> in) {
    Map<String, String> headers = new HashMap<>();
    for (String line : in) {
      String name = HeaderLine.name(line);
      if (NAMES.contains(name)) {
        headers.putIfAbsent(name, HeaderLine.value(line, name));
      }
    }
    return headers;
  }

  private int send(URI uri) throws IOException {
    Request.Builder request = new Request.Builder().url(uri + "/ratings/0");
    CURRENT.get().forEach(request::header);
    try (Response response = client.newCall(request.build()).execute()) {
      return response.code();
    }
  }
}
