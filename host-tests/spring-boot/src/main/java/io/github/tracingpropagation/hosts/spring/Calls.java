// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Calls downstream with one of the clients. */
@Component
class Calls {
  private static final String DOWNSTREAM = System.getenv("DOWNSTREAM");

  private final RestClient restClient;
  private final OkHttpClient okHttp;

  Calls(RestClient restClient, OkHttpClient okHttp) {
    this.restClient = restClient;
    this.okHttp = okHttp;
  }

  String downstream(String client, int n) {
    return client.equals("okhttp")
        ? okHttp(DOWNSTREAM + "/?n=" + n)
        : restClient.get().uri(DOWNSTREAM + "/?n={n}", n).retrieve().body(String.class);
  }

  private String okHttp(String uri) {
    try (Response response = okHttp.newCall(new Request.Builder().url(uri).build()).execute()) {
      return response.body().string();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
