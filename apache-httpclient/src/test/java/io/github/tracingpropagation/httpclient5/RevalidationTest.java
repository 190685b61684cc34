// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.httpclient5;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.cache.CacheConfig;
import org.apache.hc.client5.http.impl.cache.CachingHttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.cache.CachingHttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rule 10 for the requests by which a cache revalidates an entry. */
class RevalidationTest extends ApacheHttpTestCase {
  private static final CacheConfig IN_BACKGROUND =
      CacheConfig.custom().setAsynchronousWorkers(1).build();

  /** Returns an entry that is stale at once. */
  @BeforeEach
  void stale() {
    ratings
        .server()
        .stubFor(
            WireMock.get("/1")
                .willReturn(
                    WireMock.ok("five stars")
                        .withHeader("Cache-Control", "max-age=1, stale-while-revalidate=1000")
                        .withHeader("Age", "100")));
  }

  @Test
  void rule10_classicClientsCacheRevalidates_forwardsTheCallersOrNothing() throws Exception {
    try (CloseableHttpClient client =
        ApacheHttpTracingPropagation.install(
                CachingHttpClientBuilder.create().setCacheConfig(IN_BACKGROUND))
            .build()) {
      for (String id : List.of("x-request-id: 1", "x-request-id: 2")) {
        inRequest(
            id,
            () -> client.execute(new HttpGet(ratings.uri("/1")), response -> response.getCode()));
      }
      assertRevalidated();
    }
  }

  @Test
  void rule10_asyncClientsCacheRevalidates_forwardsTheCallersOrNothing() throws Exception {
    try (CloseableHttpAsyncClient client =
        ApacheHttpTracingPropagation.install(
                CachingHttpAsyncClientBuilder.create().setCacheConfig(IN_BACKGROUND))
            .build()) {
      client.start();
      for (String id : List.of("x-request-id: 1", "x-request-id: 2")) {
        inRequest(
                id, () -> client.execute(SimpleRequestBuilder.get(ratings.uri("/1")).build(), null))
            .get(20, SECONDS);
      }
      assertRevalidated();
    }
  }

  /**
   * The cache answers the second call, and revalidates after that; HttpClient 5.4 revalidates
   * before, as a part of the call.
   */
  private void assertRevalidated() {
    long deadline = System.nanoTime() + SECONDS.toNanos(20);
    while (ratings.hops().size() < 2 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(ratings.hops()).hasSize(2);
    assertThat(ratings.received(0)).containsExactly("x-request-id: 1");
    assertThat(ratings.received(1)).isIn(List.of(), List.of("x-request-id: 2"));
  }
}
