// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.check.PropagationCheck;
import io.github.tracingpropagation.okhttp.OkHttpTracingPropagation;
import io.github.tracingpropagation.servlet.TracingPropagationFilter;
import java.io.IOException;
import java.net.URI;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A Spring Boot application with the filter and OkHttp keeps every rule. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class SpringBootCheckTest {
  private static final PropagationCheck CHECK = start();

  @DynamicPropertySource
  static void downstream(DynamicPropertyRegistry registry) {
    registry.add("ratings.uri", CHECK::uri);
  }

  @Test
  void application_keepsEveryRule(@Value("${local.server.port}") int port) throws Exception {
    CHECK.check(URI.create("http://localhost:" + port + "/reviews")).assertKept();
  }

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

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import(Reviews.class)
  static class Application {
    @Bean
    TracingPropagationFilter tracing() {
      return new TracingPropagationFilter(TracingPropagation.create());
    }
  }

  @RestController
  static class Reviews {
    private final OkHttpClient client =
        OkHttpTracingPropagation.install(new OkHttpClient.Builder(), TracingPropagation.create())
            .build();
    private final String ratings;

    Reviews(@Value("${ratings.uri}") String ratings) {
      this.ratings = ratings;
    }

    @GetMapping("/reviews")
    int reviews() throws IOException {
      Request request = new Request.Builder().url(ratings + "/ratings").build();
      try (Response response = client.newCall(request).execute()) {
        return response.code();
      }
    }
  }
}
