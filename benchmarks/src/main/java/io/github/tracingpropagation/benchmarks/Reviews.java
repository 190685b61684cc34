// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The measured service: calls ratings, and hands its answer on. As it does nothing else, what
 * forwarding costs weighs more here than in any real service.
 */
@SuppressWarnings("serial") // nobody serialises it
final class Reviews extends HttpServlet {
  private static final long serialVersionUID = 1;

  private final HttpUrl ratings;
  private final Hop<Request.Builder> loop;
  private final OkHttpClient client;

  Reviews(Variant variant, int ratingsPort) {
    ratings = new HttpUrl.Builder().scheme("http").host("127.0.0.1").port(ratingsPort).build();
    loop = variant.loop();
    ConnectionPool connections = new ConnectionPool(1_000, 5, TimeUnit.MINUTES); // keeps them all
    client = variant.install(new OkHttpClient.Builder().connectionPool(connections)).build();
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HttpUrl url = ratings.newBuilder().encodedPath(request.getRequestURI()).build();
    Request.Builder outbound = new Request.Builder().url(url);
    loop.forward(request, outbound);
    try (Response answer = client.newCall(outbound.build()).execute()) {
      byte[] body = requireNonNull(answer.body()).bytes(); // it may be null in OkHttp 4's types
      response.setStatus(answer.code());
      response.setContentType("application/json");
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
    }
  }
}
