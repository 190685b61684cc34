// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ratings of a product. It has no code for tracing: the filter does that. */
@SuppressWarnings("serial") // never serialized
final class RatingsServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  static final int MAX_BODY_BYTES = 64 * 1024;

  /** A sign and decimal or hexadecimal digits; the rest of the text is ignored. */
  private static final Pattern NUMBER =
      Pattern.compile("/ratings/(?:.*/)?([-+]?)(?:0[xX]([0-9a-fA-F]*)|([0-9]+))[^/]*");

  /** The ratings of one product; record components are the JSON's keys, in this order. */
  private record ProductRatings(BigInteger id, @JsonRawValue String ratings) {}

  private final Ratings ratings;

  RatingsServlet(Ratings ratings) {
    this.ratings = ratings;
  }

  @Override
  protected void doOptions(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader("Allow", "GET, HEAD, OPTIONS, POST");
  }

  /** Refuses what {@code HttpServlet} answers with the request's headers. */
  @Override
  protected void doTrace(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!request.getRequestURI().equals("/health")) {
      answerRatings(request, response, ratings::get);
    } else if (ratings.isHealthy()) {
      answer(response, 200, Map.of("status", "Ratings is healthy"));
    } else {
      answer(response, 500, Map.of("status", "Ratings is not healthy"));
    }
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length <= MAX_BODY_BYTES) {
      answerRatings(request, response, id -> ratings.post(id, body));
    } else {
      answerError(response, 413, "please provide at most " + MAX_BODY_BYTES + " bytes");
    }
  }

  /** Reads or stores the ratings of a product. */
  @FunctionalInterface
  private interface Access {
    @Nullable String ratings(BigInteger id) throws IOException;
  }

  private static void answerRatings(
      HttpServletRequest request, HttpServletResponse response, Access access) throws IOException {
    String path = request.getRequestURI();
    BigInteger id = productId(path);
    if (!path.startsWith("/ratings/")) {
      answerError(response, 404, "not found");
    } else if (id == null) {
      answerError(response, 400, "please provide numeric product ID");
    } else {
      try {
        String value = access.ratings(id);
        if (value == null) {
          answerError(response, 503, "Service unavailable");
        } else {
          answer(response, 200, new ProductRatings(id, value));
        }
      } catch (JsonProcessingException e) {
        answerError(response, 400, "please provide valid ratings JSON");
      }
    }
  }

  /**
   * Returns the number at the start of the path's last segment as bookinfo reads it, which uses
   * JavaScript's {@code parseInt}; null if there is none.
   */
  private static @Nullable BigInteger productId(String path) {
    Matcher matcher = NUMBER.matcher(path);
    if (!matcher.matches()) {
      return null;
    }
    boolean isHex = matcher.group(2) != null;
    String digits = matcher.group(1) + matcher.group(isHex ? 2 : 3);
    return isHex && matcher.group(2).isEmpty() ? null : new BigInteger(digits, isHex ? 16 : 10);
  }

  private static void answerError(HttpServletResponse response, int status, String message)
      throws IOException {
    answer(response, status, Map.of("error", message));
  }

  private static void answer(HttpServletResponse response, int status, Object answer)
      throws IOException {
    byte[] json = Json.MAPPER.writeValueAsBytes(answer);
    response.setStatus(status);
    response.setContentType("application/json");
    response.setContentLength(json.length);
    response.getOutputStream().write(json);
  }
}
