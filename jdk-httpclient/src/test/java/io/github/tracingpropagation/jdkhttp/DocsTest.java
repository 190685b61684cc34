// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jdkhttp;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.tracingpropagation.testing.Docs;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class DocsTest extends JdkHttpTestCase {
  @Test
  void jdkHttpClient() throws Exception {
    ratings.server().stubFor(WireMock.get("/ratings/0").willReturn(WireMock.ok("five stars")));

    assertThat(inRequest(ID, () -> ratings(ratings.uri("/ratings/0")))).isEqualTo("five stars");
    assertThat(ratings.received()).containsExactly(ID);
    Docs.assertShows("jdk httpclient", DocsTest.class);
  }

  private static String ratings(URI uri) throws Exception {
    // docs: jdk httpclient
    HttpClient client = JdkHttpTracingPropagation.wrap(HttpClient.newHttpClient()); // once

    HttpRequest request = HttpRequest.newBuilder(uri).build();
    String ratings = client.send(request, BodyHandlers.ofString()).body();
    // docs: end
    return ratings;
  }
}
