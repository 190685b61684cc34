// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import com.fasterxml.jackson.databind.util.RawValue;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The ratings of a product. It has no code for tracing: the filter does that. */
@SuppressWarnings("serial") // never serialized
final class RatingsServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  static final int MAX_BODY_BYTES = 64 * 1024;

  /** Beyond this the oldest product is evicted: 16 MB of bodies, each of the largest size. */
  static final int MAX_PRODUCTS = (16 << 20) / MAX_BODY_BYTES;

  private static final String METHODS = "GET, HEAD, OPTIONS, POST";
  private static final RawValue DEFAULT = new RawValue("{\"Reviewer1\":5,\"Reviewer2\":4}");

  /** The ratings of one product; record components are the JSON's keys, in this order. */
  private record ProductRatings(BigInteger id, RawValue ratings) {}

  /** Sleeps; tests record the durations instead. */
  @FunctionalInterface
  interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
  }

  /** As text: parsed, 64 KB of {@code [{},{},...]} would take 2 MB. */
  private final Map<BigInteger, RawValue> posted =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<BigInteger, RawValue> eldest) {
              return size() > MAX_PRODUCTS;
            }
          });

  private final Faults faults;
  private final Sleeper sleeper;

  RatingsServlet(Faults faults, Sleeper sleeper) {
    this.faults = faults;
    this.sleeper = sleeper;
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
    } else if (faults.isHealthy()) {
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
    } else if (faults.isUnavailable()) {
      answer(response, 503, "error", "Service unavailable");
    } else {
      delay();
      answer(response, 200, Json.MAPPER.writeValueAsBytes(ratings(id)));
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
    RawValue ratings;
    try {
      ratings = new RawValue(Json.read(body).toString());
    } catch (IOException e) {
      answer(response, 400, "error", "please provide valid ratings JSON");
      return;
    }
    posted.remove(id); // so that it becomes the newest
    posted.put(id, ratings);
    answer(response, 200, Json.MAPPER.writeValueAsBytes(ratings(id)));
  }

  private ProductRatings ratings(BigInteger id) {
    return new ProductRatings(id, posted.getOrDefault(id, DEFAULT));
  }

  private void delay() throws IOException {
    try {
      sleeper.sleep(faults.delay());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
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
