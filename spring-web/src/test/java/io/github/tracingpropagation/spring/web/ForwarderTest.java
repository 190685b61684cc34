// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;

class ForwarderTest {
  /** Servers differ in which of several Host headers they go by. */
  @ParameterizedTest
  @CsvSource({"ratings,abc", "example.com,", "ratings example.com,", "example.com ratings,"})
  void rule8_hostHeaders_nameOneAllowedHostOrForwardNothing(String hosts, String sent) {
    Forwarder forwarder =
        new Forwarder(
            TracingPropagation.builder().forwardTo(Destinations.hosts("ratings")).build());
    HttpHeaders headers = new HttpHeaders();
    for (String host : hosts.split(" ", -1)) {
      headers.add(HttpHeaders.HOST, host);
    }

    forwarder.forward(
        HeaderLines.captured("x-request-id: abc"), URI.create("http://ratings/"), headers);

    assertThat(headers.getFirst("x-request-id")).isEqualTo(sent);
  }
}
