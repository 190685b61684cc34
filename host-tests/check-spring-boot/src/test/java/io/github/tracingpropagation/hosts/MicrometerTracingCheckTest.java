// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.check.CheckReport;
import io.github.tracingpropagation.check.PropagationCheck;
import io.github.tracingpropagation.check.Provider;
import io.github.tracingpropagation.check.Rule;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Micrometer Tracing alone continues the trace of W3C. It loses {@code x-request-id}, and all but
 * the first line of {@code tracestate}.
 */
@Tag("alone")
@SpringBootTest(classes = ReviewsApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class MicrometerTracingCheckTest {
  private static final PropagationCheck CHECK = start();

  @DynamicPropertySource
  static void downstream(DynamicPropertyRegistry registry) {
    registry.add("ratings.uri", CHECK::uri);
  }

  @Test
  void requestId_isLost(@Value("${local.server.port}") int port) throws Exception {
    CheckReport report = CHECK.check(URI.create("http://localhost:" + port + "/reviews"));

    assertThat(report.broken()).as(report.toString()).containsExactly(Rule.REQUEST_ID, Rule.REPEATED);
    assertThat(report.notes()).anyMatch(note -> note.contains("traceparent"));
  }

  @AfterAll
  static void stop() {
    CHECK.close();
  }

  private static PropagationCheck start() {
    try {
      return PropagationCheck.builder().providers(Provider.OPENTELEMETRY).requests(640).start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
