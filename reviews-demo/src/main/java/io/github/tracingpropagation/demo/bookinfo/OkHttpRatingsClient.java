// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.okhttp.OkHttpTracingPropagation;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Calls ratings with OkHttp, which the library is installed in. */
record OkHttpRatingsClient(OkHttpClient client, URI ratings) implements RatingsClient {
  static OkHttpRatingsClient create(URI ratings, Duration timeout, TracingPropagation propagation) {
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .connectTimeout(timeout)
            .readTimeout(timeout)
            .retryOnConnectionFailure(false) // as often as there are idle connections; see stars()
            .followRedirects(false);
    return new OkHttpRatingsClient(
        OkHttpTracingPropagation.install(builder, propagation).build(), ratings);
  }

  @Override
  public Map<String, Integer> stars(int productId) throws IOException {
    try {
      return get(productId);
    } catch (WrongAnswerException | JsonProcessingException | InterruptedIOException e) {
      throw e; // answered, or took too long
    } catch (IOException e) {
      client.connectionPool().evictAll(); // so that the second request has a new connection
      return get(productId);
    }
  }

  private Map<String, Integer> get(int productId) throws IOException {
    Request request = new Request.Builder().url(ratings + "/" + productId).build();
    try (Response response = client.newCall(request).execute()) {
      return RatingsClient.parse(response.code(), requireNonNull(response.body()).byteStream());
    }
  }
}
