// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.TracingPropagation;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What bookinfo's reviews takes from its environment, and which client it calls ratings with.
 *
 * @param ratings where ratings are, up to the product's id
 * @param timeout for connecting, and for each read
 * @param client {@code okhttp} or {@code jaxrs}
 */
record ReviewsSettings(
    boolean ratingsEnabled,
    String starColor,
    URI ratings,
    Duration timeout,
    String podname,
    String clustername,
    String client) {

  /** Labels between dots, or an IPv6 address. An underscore is no host name, but people use it. */
  private static final Pattern HOST =
      Pattern.compile("[\\w-]+(\\.[\\w-]+)*\\.?|\\[[0-9a-fA-F:.]+]");

  static ReviewsSettings from(Variables variables) {
    String color = variables.text("STAR_COLOR", "black");
    return new ReviewsSettings(
        variables.flag("ENABLE_RATINGS"),
        color,
        ratings(variables),
        color.equals("black") ? Duration.ofSeconds(10) : Duration.ofMillis(2500),
        variables.values().getOrDefault("HOSTNAME", "null"),
        variables.values().getOrDefault("CLUSTER_NAME", "null"),
        variables.oneOf("RATINGS_CLIENT", "okhttp", List.of("okhttp", "jaxrs")));
  }

  RatingsClient newClient(TracingPropagation propagation) {
    return client.equals("okhttp")
        ? OkHttpRatings.create(ratings, timeout, propagation)
        : JaxrsRatings.create(ratings, timeout, propagation);
  }

  private static URI ratings(Variables variables) {
    String host = variables.text("RATINGS_HOSTNAME", "ratings");
    String domain = variables.text("SERVICES_DOMAIN", "");
    int port = variables.port("RATINGS_SERVICE_PORT", 9080);
    checkHost("RATINGS_HOSTNAME", host);
    if (!domain.isEmpty()) {
      checkHost("SERVICES_DOMAIN", domain);
      host += "." + domain;
    }
    return URI.create("http://" + host + ":" + port + "/ratings");
  }

  private static void checkHost(String name, String value) {
    if (!HOST.matcher(value).matches()) {
      throw Variables.bad(name, value, "a host name");
    }
  }
}
