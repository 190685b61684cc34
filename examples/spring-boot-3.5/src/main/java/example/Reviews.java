// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package example;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

@SpringBootApplication
public class Reviews {
  public static void main(String[] args) {
    SpringApplication.run(Reviews.class, args);
  }

  @RestController
  static class Endpoints {
    private final RestClient ratings;

    Endpoints(
        RestClient.Builder builder,
        @Value("${ratings.uri:http://localhost:${server.port:8080}/ratings}") String uri) {
      ratings = builder.baseUrl(uri).build();
    }

    @GetMapping("/reviews")
    String reviews() {
      return ratings.get().retrieve().body(String.class);
    }

    /** Stands for another service: returns the headers that it receives. */
    @GetMapping("/ratings")
    String ratings(@RequestHeader HttpHeaders received) {
      return received.toString();
    }
  }
}
