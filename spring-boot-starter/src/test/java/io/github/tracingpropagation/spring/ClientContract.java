// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.NoRedirectContract;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;

/** Contract of each client that Spring Boot builds, in an application without code for it. */
abstract class ClientContract extends NoRedirectContract {
  private final Map<String, ConfigurableApplicationContext> applications = new HashMap<>();

  /** Makes one call with a client of this application. */
  abstract int call(ConfigurableApplicationContext application, URI uri, List<String> lines)
      throws Exception;

  @Override
  protected final int call(TracingPropagation propagation, URI uri, List<String> lines)
      throws Exception {
    return call(
        applications.computeIfAbsent(
            propagation.toString(),
            settings ->
                Applications.start(
                    propagation,
                    "spring.main.web-application-type=none",
                    "spring.http.client.redirects=dont-follow",
                    "spring.http.reactiveclient.redirects=dont-follow")),
        uri,
        lines);
  }

  static void add(List<String> lines, HttpHeaders headers) {
    lines.forEach(line -> headers.add(HeaderLines.name(line), HeaderLines.value(line)));
  }

  @AfterAll
  void stopApplications() {
    applications.values().forEach(ConfigurableApplicationContext::close);
  }
}
