// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import io.github.tracingpropagation.TracingPropagation;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * The settings of bookinfo's reviews, and which client calls ratings.
 *
 * @param ratings the URI of ratings without the product's id
 * @param timeout of connecting and of each read
 * @param client {@code okhttp}, {@code jaxrs} or {@code grpc}
 */
public record ReviewsSettings(
    boolean ratingsEnabled,
    String starColor,
    URI ratings,
    Duration timeout,
    String podname,
    String clustername,
    String client) {

  /** Labels between dots, or an IPv6 address. Underscores are invalid in host names, but in use. */
  private static final Pattern HOST =
      Pattern.compile("[\\w-]+(\\.[\\w-]+)*\\.?|\\[[0-9a-fA-F:.]+]");

  static ReviewsSettings from(Environment environment) {
    String client = client("RATINGS_CLIENT", environment.text("RATINGS_CLIENT", "okhttp"));
    String color = environment.text("STAR_COLOR", "black");
    return new ReviewsSettings(
        Environment.oneOf(
                "ENABLE_RATINGS",
                environment.text("ENABLE_RATINGS", "false"),
                List.of("false", "true"))
            .equals("true"),
        color,
        ratings(environment, client),
        color.equals("black") ? Duration.ofSeconds(10) : Duration.ofMillis(2500),
        environment.variables().getOrDefault("HOSTNAME", "null"),
        environment.variables().getOrDefault("CLUSTER_NAME", "null"),
        client);
  }

  /** Returns the client that the variable or option names. */
  public static String client(String name, String value) {
    return Environment.oneOf(name, value, List.of("okhttp", "jaxrs", "grpc"));
  }

  RatingsClient newClient(TracingPropagation propagation) {
    return switch (client) {
      case "jaxrs" -> JaxrsRatingsClient.create(ratings, timeout, propagation);
      case "grpc" -> GrpcRatingsClient.create(ratings, timeout, propagation);
      default -> OkHttpRatingsClient.create(ratings, timeout, propagation);
    };
  }

  private static URI ratings(Environment environment, String client) {
    String host = host("RATINGS_HOSTNAME", environment.text("RATINGS_HOSTNAME", "ratings"));
    String domain = environment.text("SERVICES_DOMAIN", "");
    if (!domain.isEmpty()) {
      host += "." + host("SERVICES_DOMAIN", domain);
    }
    // As Kubernetes sets them, the second one for a port that is named "grpc".
    boolean isGrpc = client.equals("grpc");
    String variable = isGrpc ? "RATINGS_SERVICE_PORT_GRPC" : "RATINGS_SERVICE_PORT";
    int port = Environment.port(variable, environment.text(variable, isGrpc ? "9081" : "9080"), 1);
    try {
      return HttpUrl.get("http://" + host + ":" + port + "/ratings").uri();
    } catch (IllegalArgumentException e) { // has too long a label, for example
      throw Environment.invalid("RATINGS_HOSTNAME", host, "a host name");
    }
  }

  private static String host(String name, String value) {
    return Environment.parse(name, value, "a host name", text -> text, HOST.asMatchPredicate());
  }
}
