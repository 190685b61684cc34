// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class HttpMessageTest {
  @Test
  void lines_areUntouched() throws IOException {
    HttpMessage message = read("GET / HTTP/1.1\r\nX-A:  b\u00e9 \r\nx-a:\nhost: c\r\n\r\n");

    assertThat(message.lines()).containsExactly("X-A:  b\u00e9 ", "x-a:", "host: c");
    assertThat(message.value("x-a")).isEqualTo("b\u00e9");
    assertThat(message.isLast()).isFalse();
  }

  @Test
  void chunkedBody_endsAfterItsTrailers() throws IOException {
    InputStream in =
        stream(
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n",
            "GET /next HTTP/1.1\r\n\r\n");
    requireNonNull(HttpMessage.read(in)).skipBody(in);

    assertThat(requireNonNull(HttpMessage.read(in)).start()).isEqualTo("GET /next HTTP/1.1");
    assertThat(HttpMessage.read(in)).isNull();
  }

  @Test
  void bodyWithALength_endsThere() throws IOException {
    InputStream in =
        stream("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.0\r\n\r\n");
    requireNonNull(HttpMessage.read(in)).skipBody(in);

    assertThat(requireNonNull(HttpMessage.read(in)).isLast()).isTrue();
  }

  @Test
  void responseWithoutALength_lastsUntilTheEnd() throws IOException {
    InputStream in = stream("HTTP/1.1 200 OK\r\n\r\nabc");
    HttpMessage response = requireNonNull(HttpMessage.read(in));
    response.skipResponseBody(in, false);

    assertThat(response.status()).isEqualTo(200);
    assertThat(in.read()).isNegative();
  }

  @Test
  void endWithinAMessage_throws() {
    assertThatIOException().isThrownBy(() -> read("GET / HTTP/1.1\r\nx-a: b"));
    assertThatIOException().isThrownBy(() -> read("GET / HTTP/1.1\r\n"));
  }

  @Test
  void lineWithoutEnd_throws() {
    assertThatIOException().isThrownBy(() -> read("GET /" + "a".repeat(70_000)));
  }

  private static HttpMessage read(String text) throws IOException {
    return requireNonNull(HttpMessage.read(stream(text)));
  }

  private static InputStream stream(String... parts) {
    return new ByteArrayInputStream(String.join("", parts).getBytes(ISO_8859_1));
  }
}
