// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static io.github.tracingpropagation.check.TestService.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.junit.jupiter.api.Test;

/** Services with something unusual that is not about forwarding. */
class OddServicesTest extends PropagationCheckTestCase {
  private static final String OWN = "authorization: Bearer of-the-service";

  @Test
  void serviceThatEnds_isNotSaidToKeepTheRules() {
    AtomicBoolean ended = new AtomicBoolean();

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                report(
                    (path, in) -> {
                      if (in.stream().anyMatch(line -> line.startsWith("x-request-id: caf"))) {
                        ended.set(true);
                      }
                      if (!ended.get()) {
                        call(check.uri(), Forwarding.right(in));
                      }
                    }))
        .withMessageContaining("no calls any more, after a request with x-request-id: caf");
  }

  @Test
  void rightThatSkipsEachTenthCall_isNotSaidToFailAtARow() throws Exception {
    AtomicInteger requests = new AtomicInteger();

    assertThat(
            report(
                    (path, in) -> {
                      if (requests.incrementAndGet() % 10 != 0) {
                        call(check.uri(), Forwarding.right(in));
                      }
                    })
                .broken())
        .isEmpty();
  }

  @Test
  void ownAuthorization_isNoHeaderOfARequest() throws Exception {
    CheckReport report =
        report(
            (path, in) -> {
              List<String> lines = new ArrayList<>(Forwarding.right(in));
              lines.add(OWN);
              TestService.Response response = callQuietly(check.uri(), lines);
              if (response.location() != null) {
                URI to = URI.create(response.location());
                call(to, to.getPort() == check.port() ? lines : List.of(OWN));
              }
            });

    assertThat(report.broken()).isEmpty();
    assertThat(report.toString()).doesNotContain("of-the-service");
  }

  @Test
  void numberInAPath_isNotTheRequestsUnlessAsked() throws Exception {
    String path = "/products/" + (Call.FIRST_NUMBER + 105);

    assertThat(report((any, in) -> call(check.uri().resolve(path), Forwarding.right(in))).broken())
        .isEmpty();
  }

  @Test
  void oneRequestAtATime_isNotSaidToShowMixing() throws Exception {
    CheckReport report =
        report(
            (path, in) -> call(check.uri(), Forwarding.right(in)),
            quick().concurrency(1).requests(3));

    assertThat(report.result(Rule.NOT_MIXED).outcome()).isEqualTo(CheckResult.Outcome.NOT_CHECKED);
  }

  /** It may have made its other calls if it could have read the first answer. */
  @Test
  void status500_isNotSaidToKeepEveryRule() throws Exception {
    TestService.Behaviour failing =
        (path, in) -> {
          call(check.uri(), Forwarding.right(in));
          throw new IllegalStateException("unreadable answer");
        };
    CheckReport report = report(failing);

    assertThat(report.broken()).isEmpty();
    assertThat(report.notes()).anyMatch(note -> note.contains("answers 500"));
    assertThat(report.result(Rule.EVERY_CALL).outcome()).isEqualTo(CheckResult.Outcome.NOT_CHECKED);
    assertThat(report.isKept()).isFalse();
    assertThat(report.status(false)).isEqualTo(2);
    assertThat(report(failing, options().expectStatus(500)).isKept()).isTrue();
  }

  /** With an answer that it can read, the rest of a service is seen. */
  @Test
  void bareCallAfterAReadableAnswer_breaksEveryCall() throws Exception {
    CheckReport report =
        report(
            (path, in) -> {
              if (call(check.uri(), Forwarding.right(in)).status() != 201) {
                throw new IllegalStateException("unreadable answer");
              }
              call(check.uri().resolve("/audit"), List.of());
            },
            options().answer(201, "text/plain", "readable"));

    assertThat(report.broken()).containsExactly(Rule.EVERY_CALL);
  }

  @Test
  void anotherLimit_isKeptIfItIsSet() throws Exception {
    TestService.Behaviour limited =
        (path, in) -> {
          List<String> out = new ArrayList<>(Forwarding.right(in));
          out.removeIf(line -> line.length() > "x-request-id: ".length() + 1000);
          call(check.uri(), out);
        };

    assertThat(report(limited, quick()).broken()).containsExactly(Rule.HOSTILE);
    assertThat(report(limited, quick().maxValueLength(1000)).broken()).isEmpty();
    assertThat(report(limited, quick().maxValueLength(999)).broken()).containsExactly(Rule.HOSTILE);
  }

  @Test
  void serviceWithACache_isCheckedWithANumberInItsUri() throws Exception {
    Set<String> cached = ConcurrentHashMap.newKeySet();
    check.close();
    check = options().timeout(SHORT_TIMEOUT).start();
    try (TestService service =
        TestService.start(
            (path, in) -> {
              if (cached.add(path)) {
                call(check.uri().resolve(path), Forwarding.right(in));
              }
            })) {
      assertThatIllegalStateException()
          .isThrownBy(() -> check.check(service.uri()))
          .withMessageContaining("{n}");
      assertThat(check.check(service.uri() + "?n={n}").broken()).isEmpty();
      assertThat(cached).allMatch(path -> path.matches("/reviews/0(\\?n=\\d{7})?"));
    }
  }

  /** The connection is used again, so the whole body must have been read. */
  @Test
  void chunkedCalls_areRead() throws Exception {
    OkHttpClient client = new OkHttpClient.Builder().followRedirects(false).build();

    assertThat(report((path, in) -> post(client, Forwarding.right(in))).broken()).isEmpty();
    assertThat(client.connectionPool().connectionCount()).isLessThan(40);
  }

  @Test
  void callsInHttp2_areRead() throws Exception {
    OkHttpClient client =
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
            .followRedirects(false)
            .build();

    CheckReport report = report((path, in) -> post(client, Forwarding.right(in)));

    assertThat(report.broken()).as("%s", report).isEmpty();
    assertThat(client.connectionPool().connectionCount()).isLessThan(40);
  }

  private void post(OkHttpClient client, List<String> lines) throws java.io.IOException {
    Request.Builder request = new Request.Builder().url(check.uri() + "/").post(new Chunked());
    for (String line : lines) {
      String name = HeaderLine.name(line);
      request.header(name, HeaderLine.value(line, name));
    }
    try (okhttp3.Response response = client.newCall(request.build()).execute()) {
      assertThat(response.code()).isPositive();
    }
  }

  /** A body whose length the client does not know. */
  private static final class Chunked extends RequestBody {
    @Override
    public okhttp3.MediaType contentType() {
      return okhttp3.MediaType.get("text/plain");
    }

    @Override
    public void writeTo(BufferedSink sink) throws java.io.IOException {
      sink.writeUtf8("first chunk\r\n\r\n").flush();
      sink.writeUtf8("GET / HTTP/1.1\r\n\r\n");
    }
  }
}
