// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** The called service: always the same ratings. It counts the requests that a trace goes on in. */
final class Ratings extends HttpServlet {
  private static final long serialVersionUID = 1;

  static final String PATH = "/ratings/0";
  static final String BODY = "{\"id\":0,\"ratings\":{\"Reviewer1\":5,\"Reviewer2\":4}}";

  /** Answers which tracing headers arrive, a line each, and is not counted. */
  static final String HEADERS_PATH = "/headers";

  private final LongAdder requests = new LongAdder();
  private final LongAdder traced = new LongAdder();

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] body;
    if (request.getRequestURI().equals(HEADERS_PATH)) {
      body = tracingHeaders(request).getBytes(US_ASCII);
    } else {
      requests.increment();
      if (request.getHeader("x-request-id") != null) {
        traced.increment();
      }
      body = BODY.getBytes(US_ASCII);
    }
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** Returns how many requests there were, and how many of them had {@code x-request-id}. */
  String counts() {
    return requests.sum() + " " + traced.sum();
  }

  private static String tracingHeaders(HttpServletRequest request) {
    return Headers.ZIPKIN.keySet().stream()
        .filter(name -> request.getHeader(name) != null)
        .map(name -> name + ": " + request.getHeader(name))
        .collect(Collectors.joining("\n"));
  }
}
