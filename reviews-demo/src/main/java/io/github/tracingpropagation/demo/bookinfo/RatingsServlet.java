// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigInteger;
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

  private final Ratings ratings;

  RatingsServlet(Ratings ratings) {
    this.ratings = ratings;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (request.getMethod()) {
      case "GET", "HEAD" -> get(request.getRequestURI(), response);
      case "POST" -> post(request, response);
      case "OPTIONS" -> response.setHeader("Allow", "GET, HEAD, OPTIONS, POST");
      default -> response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    }
  }

  private void get(String path, HttpServletResponse response) throws IOException {
    if (!path.equals("/health")) {
      answerRatings(path, null, response);
    } else if (ratings.isHealthy()) {
      answer(response, 200, "status", "Ratings is healthy");
    } else {
      answer(response, 500, "status", "Ratings is not healthy");
    }
  }

  private void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
    byte[] body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length <= MAX_BODY_BYTES) {
      answerRatings(request.getRequestURI(), body, response);
    } else {
      answer(response, 413, "error", "please provide at most " + MAX_BODY_BYTES + " bytes");
    }
  }

  private void answerRatings(String path, byte @Nullable [] posted, HttpServletResponse response)
      throws IOException {
    BigInteger id = productId(path);
    if (!path.startsWith("/ratings/")) {
      answer(response, 404, "error", "not found");
    } else if (id == null) {
      answer(response, 400, "error", "please provide numeric product ID");
    } else {
      try {
        String value = posted == null ? ratings.get(id) : ratings.post(id, posted);
        if (value == null) {
          answer(response, 503, "error", "Service unavailable");
        } else {
          answer(response, 200, "{\"id\":%d,\"ratings\":%s}".formatted(id, value));
        }
      } catch (JsonProcessingException e) {
        answer(response, 400, "error", "please provide valid ratings JSON");
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

  private static void answer(HttpServletResponse response, int status, String key, String text)
      throws IOException {
    answer(response, status, "{\"%s\":\"%s\"}".formatted(key, text));
  }

  private static void answer(HttpServletResponse response, int status, String json)
      throws IOException {
    byte[] body = json.getBytes(UTF_8);
    response.setStatus(status);
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
