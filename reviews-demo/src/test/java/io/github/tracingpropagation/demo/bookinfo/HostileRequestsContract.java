// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.RawHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that no well-behaved client sends. Each is answered with a short error in JSON, which
 * has neither the server's name nor a stack trace, and none is logged with a stack trace.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
public abstract class HostileRequestsContract {
  private static final String STALLED_POST =
      "POST /ratings/0 HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{";

  private static final List<String> CLOSE = List.of("Connection: close");

  private final String path;
  private final LogLines log = new LogLines();
  private JettyService service;

  /**
   * Creates the contract.
   *
   * @param path answered with 200
   */
  @SuppressWarnings("NullAway.Init") // set by startService()
  protected HostileRequestsContract(String path) {
    this.path = path;
  }

  /** Starts the service on a free loopback port. */
  protected abstract JettyService start() throws IOException;

  @BeforeAll
  void startService() throws Exception {
    service = start();
    log.start();
  }

  @AfterAll
  void stopService() {
    service.close();
    log.close();
  }

  @AfterEach
  void noStackTrace_isLogged() {
    assertThat(log.stackTraces()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/<script>alert(1)</script>",
        "/{reviews}",
        "/%3Cscript%3E",
        "/a|b",
        "/a\"b",
        "/%00",
        "/0%00",
        "/%zz",
        "/%",
        "/%ff%fe",
        "/\u00e9",
        "/..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/%2e%2e/",
        "/../../../etc/passwd",
      })
  void target_thatIsInvalid_isAnError(String end) throws Exception {
    String folder = path.substring(0, path.lastIndexOf('/'));
    assertError(send("GET", folder + end, CLOSE), 400, 404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "//", "/x", "//x", "*", "x", "http://other/x", "/.", "/..", "/;"})
  void target_thatIsUnknown_isAnError(String target) throws Exception {
    assertError(send("GET", target, CLOSE), 400, 404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "FOO", "get"})
  void method_thatIsNotSupported_isAnError(String method) throws Exception {
    RawHttp.Response response =
        send(method, path, List.of("Connection: close", "x-secret: 7c1e", "Content-Length: 0"));

    assertError(response, 400, 404, 405, 501);
    assertThat(response.toString()).doesNotContain("7c1e");
  }

  @Test
  void options_listsTheMethods_withoutTrace() throws Exception {
    RawHttp.Response response = send("OPTIONS", path, CLOSE);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers())
        .filteredOn(line -> line.startsWith("Allow: "))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("GET").doesNotContain("TRACE"));
  }

  @Test
  void head_hasTheHeadersOfGet() throws Exception {
    RawHttp.Response response = send("HEAD", path, CLOSE);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers()).contains("Content-Type: application/json");
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/xml;q=0.9", "image/*, text/plain", ""})
  void accept_ofAnotherType_isAnsweredInJson(String accept) throws Exception {
    RawHttp.Response response =
        send("GET", path, List.of("Connection: close", "Accept: " + accept));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers()).contains("Content-Type: application/json");
  }

  @Test
  void accept_thatIsInvalid_isNoServerError() throws Exception {
    assertThat(send("GET", path, List.of("Connection: close", "Accept: a/b/c;;=")).status())
        .isBetween(200, 499);
  }

  @Test
  void path_thatIsTooLong_isAnError() throws Exception {
    assertError(send("GET", "/" + "a".repeat(100_000), CLOSE), 414);
  }

  @Test
  void headers_thatAreTooLarge_areAnError() throws Exception {
    List<String> lines = Collections.nCopies(1000, "x-request-id: " + "a".repeat(100));

    assertError(send("GET", path, lines), 431);
  }

  @Test
  void headers_of12Kilobytes_areAccepted() throws Exception {
    List<String> lines = Collections.nCopies(12, "x-padding: " + "a".repeat(1000));

    assertThat(send("GET", path, lines).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length, -1",
    "Content-Length, 1x",
    "Transfer-Encoding, foo",
    "Host, a b",
    "' ', folded"
  })
  void header_thatIsInvalid_isAnError(String name, String value) throws Exception {
    assertError(send("GET", path, List.of(name + ": " + value)), 400, 501);
  }

  @Test
  void request_thatIsNoHttp_isAnError() throws Exception {
    try (RawHttp connection = RawHttp.connect(service.uri("/"))) {
      connection.write("\u0016\u0003\u0001\u0002 TLS\r\n\r\n");
      assertError(connection.receive(), 400, 501);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET", "GET / HTTP/1.1\r\nHost: x\r\nx-a: ", STALLED_POST})
  void connection_thatStalls_isClosed(String sent) throws Exception {
    service.connector().setIdleTimeout(200);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      socket.setSoTimeout(20_000); // longer than the idle time-out, shorter than the default one
      socket.getOutputStream().write(sent.getBytes(US_ASCII));
      socket.getInputStream().readAllBytes(); // until the server closes
    } finally {
      service.connector().setIdleTimeout(JettyService.IDLE_TIMEOUT.toMillis());
    }
  }

  @Test
  void response_doesNotNameTheServer() throws Exception {
    assertNamesNoProduct(send("GET", path, CLOSE));
  }

  /** Sends a request on a connection of its own. */
  protected final RawHttp.Response send(String method, String target, List<String> lines)
      throws IOException {
    try (RawHttp connection = RawHttp.connect(service.uri("/"))) {
      connection.write(
          "%s %s HTTP/1.1\r\nHost: reviews\r\n%s\r\n\r\n"
              .formatted(method, target, String.join("\r\n", lines)));
      return connection.receive();
    }
  }

  /** Asserts that a response is a short error in JSON with one of these statuses. */
  protected static void assertError(RawHttp.Response response, Integer... statuses) {
    assertThat(response.status()).as(response.toString()).isIn((Object[]) statuses);
    assertThat(response.headers()).contains("Content-Type: application/json");
    assertThat(response.body()).matches("\\{\"error\":\"[A-Za-z -]+\"}");
    assertNamesNoProduct(response);
  }

  private static void assertNamesNoProduct(RawHttp.Response response) {
    assertThat(response.toString().toLowerCase(Locale.ROOT))
        .doesNotContain("jetty", "grizzly", "jersey", "exception", "\tat ", "server:", "powered");
  }
}
