// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.github.tracingpropagation.hosts.starter.mvc.Application;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/** A test of the whole application without a server. */
@SpringBootTest(
    classes = Application.class,
    properties = "scheduled=-") // Spring's cache keeps the application until the JVM ends
@WithMockMvc
class MockMvcTest {
  private static final Recorder DOWNSTREAM = start();

  private static Recorder start() {
    try {
      return new Recorder();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @DynamicPropertySource
  static void downstream(DynamicPropertyRegistry registry) {
    registry.add("downstream", DOWNSTREAM::uri);
  }

  @AfterAll
  static void stop() {
    DOWNSTREAM.close();
  }

  @Test
  void request_isForwarded(@Autowired MockMvc mvc) throws Exception {
    InboundHeaders request = InboundHeaders.next();

    mvc.perform(
            get("/plain/rest-client")
                .param("id", request.id())
                .header("x-request-id", request.requestId()))
        .andExpect(status().isOk());

    assertThat(DOWNSTREAM.take(request.id()))
        .singleElement()
        .satisfies(call -> assertThat(call).containsEntry("x-request-id", request.requestId()));
  }
}
