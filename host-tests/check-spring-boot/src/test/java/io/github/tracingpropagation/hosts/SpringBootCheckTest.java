// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import io.github.tracingpropagation.check.PropagationCheck;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** With the starter an application keeps every rule, without a word about tracing in it. */
@SpringBootTest(classes = ReviewsApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class SpringBootCheckTest {
  // docs: check
  private static final PropagationCheck CHECK = start(); // PropagationCheck.start()

  @DynamicPropertySource
  static void downstream(DynamicPropertyRegistry registry) {
    registry.add("ratings.uri", CHECK::uri);
  }

  @Test
  void application_keepsEveryRule(@Value("${local.server.port}") int port) throws Exception {
    CHECK.check(URI.create("http://localhost:" + port + "/reviews")).assertKept();
  }

  // docs: end

  @AfterAll
  static void stop() {
    CHECK.close();
  }

  private static PropagationCheck start() {
    try {
      return PropagationCheck.start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
