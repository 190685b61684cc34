// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Docs;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Scope;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // a scope is only there to be closed
class DocsTest {
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
}
