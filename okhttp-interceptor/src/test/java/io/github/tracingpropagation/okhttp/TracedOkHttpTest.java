// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.TracedClientContract;
import io.github.tracingpropagation.testing.Tracer;
import java.io.IOException;
import java.net.URI;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;

class TracedOkHttpTest extends TracedClientContract {
  @Override
  protected void call(TracingPropagation propagation, Tracer tracer, boolean tracerFirst, URI uri)
      throws IOException {
    Interceptor tracing = chain -> chain.proceed(traced(tracer, chain.request()));
    OkHttpClient.Builder builder = new OkHttpClient.Builder();
    if (tracerFirst) {
      OkHttpTracingPropagation.install(builder.addNetworkInterceptor(tracing), propagation);
    } else {
      // OpenTelemetry and Brave add themselves first to a complete client.
      OkHttpTracingPropagation.install(builder, propagation).networkInterceptors().add(0, tracing);
    }
    builder.build().newCall(new Request.Builder().url(uri.toString()).build()).execute().close();
  }

  private static Request traced(Tracer tracer, Request request) {
    Request.Builder traced = request.newBuilder();
    tracer.call().forEach(traced::header);
    return traced.build();
  }
}
