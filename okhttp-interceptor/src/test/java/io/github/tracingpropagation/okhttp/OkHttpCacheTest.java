// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.io.IOException;
import java.nio.file.Path;
import okhttp3.Cache;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rule 11 with OkHttp's cache: calls share a cached response, but not its request's headers. */
@SuppressWarnings("NullAway") // nullable in OkHttp 4, but not in a new response
class OkHttpCacheTest extends OkHttpTestCase {
  private Cache cache;
  private OkHttpClient client;

  @BeforeEach
  void open(@TempDir Path folder) {
    cache = new Cache(folder.toFile(), 1 << 20);
    client = installed(new OkHttpClient.Builder().cache(cache));
  }

  @AfterEach
  void close() throws IOException {
    cache.close();
  }

  @Test
  void rule11_cacheHit_sendsNoRequest() throws Exception {
    answer(ok("five stars").withHeader("Cache-Control", "max-age=60"));

    assertThat(inRequest("first", this::ratings)).isEqualTo("five stars");
    assertThat(inRequest("second", this::ratings)).isEqualTo("five stars");
    assertThat(ratings.received()).containsExactly("x-request-id: first");
  }

  @Test
  void rule11_conditionalGet_forwardsTheCurrentRequestsHeaders() throws Exception {
    answer(ok("five stars").withHeader("Cache-Control", "max-age=0").withHeader("ETag", "\"1\""));
    ratings
        .server()
        .stubFor(
            any(anyUrl()).withHeader("If-None-Match", equalTo("\"1\"")).willReturn(status(304)));

    assertThat(inRequest("first", this::ratings)).isEqualTo("five stars");
    assertThat(inRequest("second", this::ratings)).isEqualTo("five stars");
    assertThat(ratings()).isEqualTo("five stars");
    assertThat(cache.hitCount()).isEqualTo(2);
    assertThat(ratings.received(0)).containsExactly("x-request-id: first");
    assertThat(ratings.received(1)).containsExactly("x-request-id: second");
    assertThat(ratings.received(2)).isEmpty();
  }

  /** A response with {@code Vary} on a forwarded header is requested again for each call. */
  @Test
  void rule11_responseThatVariesWithTheHeader_isNotServedFromTheCache() throws Exception {
    answer(
        ok("five stars")
            .withHeader("Cache-Control", "max-age=60")
            .withHeader("Vary", "x-request-id"));

    inRequest("first", this::ratings);
    inRequest("second", this::ratings);
    ratings();
    assertThat(ratings.received(0)).containsExactly("x-request-id: first");
    assertThat(ratings.received(1)).containsExactly("x-request-id: second");
    assertThat(ratings.received(2)).isEmpty();
  }

  private void answer(ResponseDefinitionBuilder response) {
    ratings.server().stubFor(any(anyUrl()).willReturn(response));
  }

  private String ratings() throws IOException {
    try (Response response = client.newCall(get("/")).execute()) {
      return response.body().string();
    }
  }
}
