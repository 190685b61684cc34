// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static io.github.tracingpropagation.check.TestService.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent to the service, and how it is reached. */
class OptionsTest extends PropagationCheckTestCase {
  private static PropagationCheckBuilder idAlone() {
    return quick().only(Rule.REQUEST_ID);
  }

  @Test
  void methodHeadersAndBody_areSentAsCurlDoes() throws Exception {
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    CheckReport report =
        report(
            (path, in) -> {
              seen.addAll(in);
              call(check.uri(), Forwarding.right(in));
            },
            idAlone()
                .method("PUT")
                .header("Cookie", "session=1")
                .header("Host", "reviews.example.com")
                .body("application/json", "{\"a\":\"\u00e9\"}"));

    assertThat(report.isKept()).isTrue();
    assertThat(seen)
        .contains("Cookie: session=1", "Host: reviews.example.com", "Content-Length: 10")
        .noneMatch(line -> line.startsWith("Host: 127"));
  }

  @Test
  void headerOfATrace_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> quick().header("X-B3-Sampled", "1"))
        .withMessageContaining("X-B3-Sampled is a header that the check itself sends");
  }

  @ParameterizedTest
  @CsvSource({
    "http://my_service:9080/a?b={n}, my_service, 9080, /a?b={n}",
    "http://[::1]/, ::1, 80, /",
    "https://reviews.example.com, reviews.example.com, 443, /",
    "HTTP://h?q, h, 80, /?q"
  })
  void uri_isRead(String text, String host, int port, String target) {
    ServiceUri uri = ServiceUri.of(text);

    assertThat(uri.host()).isEqualTo(host);
    assertThat(uri.port()).isEqualTo(port);
    assertThat(uri.target()).isEqualTo(target);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://h/", "http://", "http://h:99999/", "http://h/a b", "h:80/"})
  void wrongUri_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ServiceUri.of(text));
  }

  @Test
  void ipv6_isListenedOn() throws Exception {
    InetAddress loopback = InetAddress.getByAddress(HexFormat.of().parseHex("0".repeat(31) + "1"));
    assumeThat(isThere(loopback)).isTrue();
    CheckReport report =
        report((path, in) -> call(check.uri(), Forwarding.right(in)), idAlone().listen(loopback));

    assertThat(report.isKept()).isTrue();
  }

  private static boolean isThere(InetAddress address) {
    try (PropagationCheck check = quick().listen(address).start()) {
      return check.port() > 0;
    } catch (java.io.IOException e) {
      return false;
    }
  }

  @Test
  void proxy_isEveryDependency() throws Exception {
    CheckReport report =
        report(
            (path, in) -> {
              TestService.Response response =
                  TestService.callByProxy(
                      check.uri(), "http://ratings:9080/ratings/0", Forwarding.right(in));
              if (response.location() != null) {
                TestService.callByProxy(check.uri(), response.location(), Forwarding.right(in));
              }
            },
            options().only(Rule.REQUEST_ID, Rule.REDIRECTS, Rule.FOREIGN_HOST));

    assertThat(report.broken()).containsExactly(Rule.FOREIGN_HOST);
    assertThat(report.result(Rule.REDIRECTS).outcome()).isEqualTo(CheckResult.Outcome.KEPT);
  }

  @Test
  void answers_areChosenByPath() throws Exception {
    Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    int port = freePort();
    CheckReport report =
        report(
            (path, in) -> {
              statuses.add(call(check.uri().resolve("/a"), Forwarding.right(in)).status());
              statuses.add(call(check.uri().resolve("/b"), Forwarding.right(in)).status());
            },
            idAlone().downstream(port).answer(port, "/b", 201, "text/plain", "b"));

    assertThat(report.isKept()).isTrue();
    assertThat(statuses).containsOnly(200, 201);
  }

  @Test
  void optionalDownstream_needNotBeCalled() throws Exception {
    TestService.Behaviour first = (path, in) -> call(check.uri(), Forwarding.right(in));

    assertThat(report(first, idAlone().optionalDownstream(0)).isKept()).isTrue();
    assertThat(check.ports()).hasSize(2);
    assertThatIllegalStateException()
        .isThrownBy(() -> report(first, idAlone().downstream(0, 0)))
        .withMessageContaining("No call arrived at port [");
  }

  @Test
  void ignoredPaths_areNotJudged() throws Exception {
    TestService.Behaviour audited =
        (path, in) -> {
          call(check.uri().resolve("/ratings"), Forwarding.right(in));
          call(check.uri().resolve("/audit/1"), List.of());
        };

    assertThat(report(audited, idAlone().only(Rule.EVERY_CALL)).broken())
        .containsExactly(Rule.EVERY_CALL);
    assertThat(report(audited, idAlone().only(Rule.EVERY_CALL).ignorePaths("/audit/*")).isKept())
        .isTrue();
  }

  @Test
  void maxTime_endsTheCheck() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                report(
                    (path, in) -> call(check.uri(), Forwarding.right(in)),
                    quick().maxTime(Duration.ofMillis(100))))
        .withMessageContaining("maximum time");
  }

  /** On a stalled machine the time may be over before credentials were sent. */
  @Test
  void maxTime_keepsWhatWasFound() throws Exception {
    CheckReport report = reportWithin(20);
    if (report.broken().isEmpty()) {
      report = reportWithin(40);
    }

    assertThat(report.broken()).containsExactly(Rule.NOTHING_ELSE);
    assertThat(report.result(Rule.NOT_MIXED).outcome()).isEqualTo(CheckResult.Outcome.NOT_CHECKED);
    assertThat(report.result(Rule.REQUEST_ID).outcome()).isEqualTo(CheckResult.Outcome.KEPT);
    assertThat(report.status(false)).isEqualTo(3);
  }

  /** Each request takes so long, once credentials were seen, that the time is over. */
  private CheckReport reportWithin(int seconds) throws Exception {
    AtomicBoolean seen = new AtomicBoolean();
    return report(
        (path, in) -> {
          call(check.uri(), Forwarding.rightAnd(in, "authorization"));
          if (seen.get() || in.stream().anyMatch(it -> it.startsWith("authorization"))) {
            seen.set(true);
            LockSupport.parkNanos(Duration.ofSeconds(seconds).toNanos() / 10);
          }
        },
        quick().maxTime(Duration.ofSeconds(seconds)));
  }

  @Test
  void https_isSpokenOnBothSides(@TempDir Path folder) throws Exception {
    TestTls tls = TestTls.in(folder);
    HttpClient client = HttpClient.newBuilder().sslContext(tls.context()).build();
    try (PropagationCheck secured =
            idAlone().downstreamKeyStore(tls.store(), "changeit").trust(tls.certificate()).start();
        // As long as a test may take: without a connection there is no call to wait for.
        PropagationCheck trustingNobody = idAlone().timeout(Duration.ofMinutes(10)).start();
        TestService service =
            TestService.start(
                tls.context()
                    .getServerSocketFactory()
                    .createServerSocket(0, 100, InetAddress.getLoopbackAddress()),
                (path, in) -> send(client, secured.uri(), Forwarding.right(in)))) {
      String uri = service.uri().toString().replace("http:", "https:");

      assertThat(secured.uri()).hasScheme("https");
      assertThat(secured.check(uri).isKept()).isTrue();
      assertThatIllegalStateException()
          .isThrownBy(() -> trustingNobody.check(uri))
          .withMessageContaining("SSLHandshakeException");
    }
  }

  private static void send(HttpClient client, URI uri, List<String> lines) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    for (String line : lines) {
      String name = HeaderLine.name(line);
      request.setHeader(name, HeaderLine.value(line, name));
    }
    client.send(request.build(), HttpResponse.BodyHandlers.discarding());
  }
}
