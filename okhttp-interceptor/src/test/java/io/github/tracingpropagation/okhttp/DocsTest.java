// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Docs;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // a scope is only there to be closed
class DocsTest {
  @Test
  void okhttp() throws Exception {
    WireMockServer service = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    service.start();
    service.stubFor(get("/ratings/0").willReturn(ok("five stars")));
    String uri = service.baseUrl() + "/ratings/0";
    try (Scope scope = HeaderLines.captured("x-request-id: abc").makeCurrent()) {
      assertThat(ratings(uri)).isEqualTo("five stars");
      service.verify(
          getRequestedFor(urlEqualTo("/ratings/0")).withHeader("x-request-id", equalTo("abc")));
    } finally {
      service.stop();
    }
    Docs.assertShows("okhttp", DocsTest.class);
  }

  @Test
  void outboundContract() throws Exception {
    Docs.assertShows("outbound contract", OkHttpContract.class);
  }

  @Test
  void installLast() throws Exception {
    Interceptor tracer = chain -> chain.proceed(chain.request());
    try (Downstream ratings = Downstream.start()) {
      // docs: okhttp settings
      TracingPropagation propagation =
          TracingPropagation.builder().forwardTo(Destinations.inMesh()).build();
      OkHttpClient.Builder builder = new OkHttpClient.Builder().addNetworkInterceptor(tracer);
      OkHttpClient client = OkHttpTracingPropagation.install(builder, propagation).build(); // once
      // docs: end
      Request request = new Request.Builder().url(ratings.uri("/").toString()).build();
      try (Scope scope = HeaderLines.captured("x-request-id: abc").makeCurrent()) {
        client.newCall(request).execute().close();
      }

      assertThat(ratings.received()).containsExactly("x-request-id: abc");
    }
    Docs.assertShows("okhttp settings", DocsTest.class);
  }

  @SuppressWarnings("NullAway") // to OkHttp 4 a body may be null; a new response has one
  private static String ratings(String uri) throws IOException {
    // docs: okhttp
    OkHttpClient client =
        OkHttpTracingPropagation.install(new OkHttpClient.Builder()).build(); // once

    Request request = new Request.Builder().url(uri).build();
    try (Response ratings = client.newCall(request).execute()) {
      return ratings.body().string();
    }
    // docs: end
  }
}
