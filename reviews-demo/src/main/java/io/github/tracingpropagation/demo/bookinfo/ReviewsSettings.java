// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.TracingPropagation;
import java.net.URI;
import java.time.Duration;
import java.util.List;
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
  private static final String HOST = "[\\w-]+(\\.[\\w-]+)*\\.?|\\[[0-9a-fA-F:.]+]";

  /** Returns the settings of bookinfo's v3, with ratings at this port of this machine. */
  public static ReviewsSettings v3(int ratings, String client, Duration timeout) {
    URI uri = URI.create("http://" + Service.LOOPBACK + ":" + ratings + "/ratings");
    return new ReviewsSettings(true, "red", uri, timeout, "reviews-v3", "null", client);
  }

  /** Returns the settings that bookinfo's variables have. */
  public static ReviewsSettings from(Environment environment) {
    String enabled = environment.text("ENABLE_RATINGS", "false");
    String client = client(environment);
    String color = environment.text("STAR_COLOR", "black");
    return new ReviewsSettings(
        Environment.oneOf("ENABLE_RATINGS", enabled, List.of("false", "true")).equals("true"),
        color,
        ratings(environment, client),
        color.equals("black") ? Duration.ofSeconds(10) : Duration.ofMillis(2500),
        environment.variables().getOrDefault("HOSTNAME", "null"),
        environment.variables().getOrDefault("CLUSTER_NAME", "null"),
        client);
  }

  public static String client(Environment environment) {
    return client("RATINGS_CLIENT", environment.text("RATINGS_CLIENT", "okhttp"));
  }

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
    // As Kubernetes sets them, the first one for a port that is named "grpc".
    int port =
        client.equals("grpc")
            ? environment.port("RATINGS_SERVICE_PORT_GRPC", 9081, 1)
            : environment.port("RATINGS_SERVICE_PORT", 9080, 1);
    HttpUrl url = HttpUrl.parse("http://" + host + ":" + port + "/ratings");
    Environment.allow(url != null, "RATINGS_HOSTNAME", host, "a host name"); // too long a label?
    return requireNonNull(url).uri();
  }

  private static String host(String name, String value) {
    Environment.allow(value.matches(HOST), name, value, "a host name");
    return value;
  }
}
