// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** Calls ratings. */
@RestController
class Reviews {
  private final RestClient client;

  Reviews(RestClient.Builder builder, @Value("${ratings.uri}") String ratings) {
    this.client = builder.baseUrl(ratings).build();
  }

  @GetMapping("/reviews")
  String reviews() {
    return client.get().uri("/ratings").retrieve().body(String.class);
  }
}
