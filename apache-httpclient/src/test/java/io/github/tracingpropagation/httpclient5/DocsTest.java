// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.tracingpropagation.testing.Docs;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.Test;

class DocsTest extends ApacheHttpTestCase {
  @Test
  void apacheHttpClient() throws Exception {
    ratings.server().stubFor(WireMock.get("/ratings/0").willReturn(WireMock.ok("five stars")));

    assertThat(inRequest(ID, () -> ratings(ratings.uri("/ratings/0")))).isEqualTo("five stars");
    assertThat(ratings.received()).containsExactly(ID);
    Docs.assertShows("apache httpclient", DocsTest.class);
  }

  private static String ratings(URI uri) throws Exception {
    // docs: apache httpclient
    CloseableHttpClient client =
        ApacheHttpTracingPropagation.install(HttpClients.custom()).build(); // once

    String ratings =
        client.execute(new HttpGet(uri), response -> EntityUtils.toString(response.getEntity()));
    // docs: end
    client.close();
    return ratings;
  }
}
