// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The ratings of a product. It has no code for tracing: the filter does that. */
@SuppressWarnings("serial") // never serialized
final class RatingsServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  static final int MAX_BODY_BYTES = 64 * 1024;

  private static final String METHODS = "GET, HEAD, OPTIONS, POST";

  /** Sleeps; tests record the durations instead. */
  @FunctionalInterface
  interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
  }

  private final RatingsStore store = new RatingsStore();
  private final Faults faults;
  private final Sleeper sleeper;

  RatingsServlet(Faults faults, Sleeper sleeper) {
    this.faults = faults;
    this.sleeper = sleeper;
  }

  /** Creates a servlet whose faults follow the system clock and a random generator. */
  static RatingsServlet create(Faults.Mode mode) {
    return new RatingsServlet(
        Faults.start(mode, () -> ThreadLocalRandom.current().nextBoolean(), InstantSource.system()),
        duration -> Thread.sleep(duration.toMillis()));
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
    if (path.startsWith("/ratings/")) {
      get(ProductId.parse(path), response);
    } else if (path.equals("/health")) {
      health(response);
    } else {
      notFound(response);
    }
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getRequestURI();
    if (path.startsWith("/ratings/")) {
      post(ProductId.parse(path), request, response);
    } else {
      notFound(response);
    }
  }

  private void get(@Nullable BigInteger id, HttpServletResponse response) throws IOException {
    if (id == null) {
      notNumeric(response);
    } else if (faults.isUnavailable()) {
      answer(response, 503, Json.write("error", "Service unavailable"));
    } else {
      delay();
      answer(response, 200, Json.write(store.get(id)));
    }
  }

  private void post(
      @Nullable BigInteger id, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (id == null) {
      notNumeric(response);
      return;
    }
    byte[] body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      String limit = "please provide at most " + MAX_BODY_BYTES + " bytes";
      answer(response, 413, Json.write("error", limit));
      return;
    }
    JsonNode ratings;
    try {
      ratings = Json.read(body);
    } catch (IOException e) {
      answer(response, 400, Json.write("error", "please provide valid ratings JSON"));
      return;
    }
    answer(response, 200, Json.write(store.put(id, ratings)));
  }

  private void health(HttpServletResponse response) throws IOException {
    if (faults.isHealthy()) {
      answer(response, 200, Json.write("status", "Ratings is healthy"));
    } else {
      answer(response, 500, Json.write("status", "Ratings is not healthy"));
    }
  }

  private void delay() throws IOException {
    try {
      sleeper.sleep(faults.delay());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void notNumeric(HttpServletResponse response) throws IOException {
    answer(response, 400, Json.write("error", "please provide numeric product ID"));
  }

  private static void notFound(HttpServletResponse response) throws IOException {
    response.sendError(HttpServletResponse.SC_NOT_FOUND);
  }

  private static void answer(HttpServletResponse response, int status, byte[] json)
      throws IOException {
    response.setStatus(status);
    response.setContentType("application/json");
    response.setContentLength(json.length);
    response.getOutputStream().write(json);
  }
}
