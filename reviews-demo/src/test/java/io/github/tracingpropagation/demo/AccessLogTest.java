// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.bookinfo.Environment;
import io.github.tracingpropagation.demo.bookinfo.RatingsService;
import io.github.tracingpropagation.demo.bookinfo.ServerSettings;
import io.github.tracingpropagation.testing.RawHttp;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AccessLogTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x-request-id: 4fbb1f4e\\r\\nx-request-id: b | 200 x-request-id=4fbb1f4e",
        "x-a: b                                      | 200 x-request-id=-",
        "x-request-id: a\\tbé            | 200 x-request-id=a.b.+",
        "x-request-id: a\\033[2J                    | 400 .*",
      })
  void request_isOneLineOfPrintableAscii(String headers, String expected) throws Exception {
    StringWriter out = new StringWriter();
    ServerSettings settings =
        new ServerSettings(
            "127.0.0.1",
            0,
            new Environment(Map.of()),
            TracingPropagation.create(),
            Main.accessLog("ratings", new PrintWriter(out)));
    try (RatingsService ratings = RatingsService.start(settings)) {
      byte[] bytes = headers.translateEscapes().getBytes(UTF_8);
      RawHttp.get(ratings.uri("/ratings/0"), List.of(new String(bytes, ISO_8859_1)));
    } // which waits for the log
    assertThat(out.toString())
        .matches("ratings GET /ratings/0 " + expected + "\n")
        .matches("[ -~]+\n");
  }
}
