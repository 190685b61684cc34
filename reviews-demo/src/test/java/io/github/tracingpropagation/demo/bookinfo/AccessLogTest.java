// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class AccessLogTest {
  private final StringWriter out = new StringWriter();
  private final Consumer<ServedRequest> log = ServedRequest.log("ratings", new PrintWriter(out));

  @Test
  void request_isOneLine() {
    log.accept(request(Map.of("x-request-id", List.of("4fbb1f4e", "second"))));

    assertThat(out.toString()).isEqualTo("ratings GET /ratings/0 200 x-request-id=4fbb1f4e\n");
  }

  @Test
  void request_withoutAnId_hasADash() {
    log.accept(request(Map.of()));

    assertThat(out.toString()).isEqualTo("ratings GET /ratings/0 200 x-request-id=-\n");
  }

  @Test
  void id_withControlCharacters_isEscaped() {
    log.accept(request(Map.of("x-request-id", List.of("a\r\nratings\t\u001b[2J\u00e9\u2028"))));

    assertThat(out.toString())
        .isEqualTo("ratings GET /ratings/0 200 x-request-id=a??ratings??[2J??\n");
  }

  private static ServedRequest request(Map<String, List<String>> headers) {
    return new ServedRequest("GET", "/ratings/0", 200, headers);
  }
}
