// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.httpclient5;

import io.github.tracingpropagation.TracingPropagation;
import java.net.URI;
import java.util.List;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/** The two kinds of clients, for tests that are the same for both. */
enum ClientKind {
  CLASSIC {
    @Override
    int get(TracingPropagation propagation, Setup setup, URI uri, String... lines)
        throws Exception {
      HttpClientBuilder builder = HttpClientBuilder.create();
      builder.setProxy(setup.proxy).setRoutePlanner(setup.planner);
      builder.setDefaultCredentialsProvider(setup.credentials).setRetryStrategy(setup.retries);
      ApacheHttpTracingPropagation.install(builder, propagation);
      return Clients.get(builder.build(), setup.target, uri, List.of(lines));
    }
  },

  ASYNC {
    @Override
    int get(TracingPropagation propagation, Setup setup, URI uri, String... lines)
        throws Exception {
      HttpAsyncClientBuilder builder = HttpAsyncClientBuilder.create();
      builder.setProxy(setup.proxy).setRoutePlanner(setup.planner);
      builder.setDefaultCredentialsProvider(setup.credentials).setRetryStrategy(setup.retries);
      ApacheHttpTracingPropagation.install(builder, propagation);
      return Clients.get(builder.build(), setup.target, uri, List.of(lines));
    }
  };

  /** Sends a request with a new client, and returns the status. */
  abstract int get(TracingPropagation propagation, Setup setup, URI uri, String... lines)
      throws Exception;

  /** What else is set on a client; null for the default. */
  static final class Setup {
    @Nullable HttpHost target;
    @Nullable HttpHost proxy;
    @Nullable HttpRoutePlanner planner;
    @Nullable CredentialsProvider credentials;
    @Nullable HttpRequestRetryStrategy retries;
  }
}
