// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import com.fasterxml.jackson.annotation.JsonRawValue;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigInteger;

/** The ratings of a product. It has no code for tracing: the filter does that. */
@SuppressWarnings("serial") // never serialized
final class RatingsServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  static final int MAX_BODY_BYTES = 64 * 1024;

  private static final String METHODS = "GET, HEAD, OPTIONS, POST";

  /** The ratings of one product; record components are the JSON's keys, in this order. */
  private record ProductRatings(BigInteger id, @JsonRawValue String ratings) {}

  private final Ratings ratings;

  RatingsServlet(Ratings ratings) {
    this.ratings = ratings;
  }

  /**
   * Answers 405 to methods that {@code HttpServlet} would answer itself, TRACE among them, whose
   * answer has the request's headers.
   */
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    switch (request.getMethod()) {
      case "GET", "HEAD", "POST" -> super.service(request, response);
      case "OPTIONS" -> response.setHeader("Allow", METHODS);
      default -> {
        response.setHeader("Allow", METHODS);
        response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      }
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getRequestURI();
    if (!path.equals("/health")) {
      ratings(path, request, response);
    } else if (ratings.isHealthy()) {
      answer(response, 200, "status", "Ratings is healthy");
    } else {
      answer(response, 500, "status", "Ratings is not healthy");
    }
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ratings(request.getRequestURI(), request, response);
  }

  private void ratings(String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    BigInteger id = ProductId.parse(path);
    if (!path.startsWith("/ratings/")) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    } else if (id == null) {
      answer(response, 400, "error", "please provide numeric product ID");
    } else if (request.getMethod().equals("POST")) {
      post(id, request, response);
    } else {
      get(id, response);
    }
  }

  private void get(BigInteger id, HttpServletResponse response) throws IOException {
    String value = ratings.get(id);
    if (value == null) {
      answer(response, 503, "error", "Service unavailable");
    } else {
      answer(response, id, value);
    }
  }

  private void post(BigInteger id, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      String limit = "please provide at most " + MAX_BODY_BYTES + " bytes";
      answer(response, 413, "error", limit);
      return;
    }
    String value;
    try {
      value = ratings.post(id, body);
    } catch (IOException e) {
      answer(response, 400, "error", "please provide valid ratings JSON");
      return;
    }
    answer(response, id, value);
  }

  private static void answer(HttpServletResponse response, BigInteger id, String value)
      throws IOException {
    answer(response, 200, Json.MAPPER.writeValueAsBytes(new ProductRatings(id, value)));
  }

  private static void answer(HttpServletResponse response, int status, String name, String value)
      throws IOException {
    answer(response, status, Json.write(name, value));
  }

  private static void answer(HttpServletResponse response, int status, byte[] json)
      throws IOException {
    response.setStatus(status);
    response.setContentType("application/json");
    response.setContentLength(json.length);
    response.getOutputStream().write(json);
  }
}
