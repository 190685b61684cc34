// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The properties that decide whether Spring Boot's clients follow redirects, in both lines. */
final class Redirects {
  /** Spring Boot 3: RestClient and RestTemplate. */
  static final String BLOCKING_3 = "spring.http.client.redirects";

  /** Spring Boot 3: WebClient. */
  static final String REACTIVE_3 = "spring.http.reactiveclient.redirects";

  /** Spring Boot 4: all clients. It ignores the other two. */
  static final String ALL_4 = "spring.http.clients.redirects";

  /** Spring Boot 4, for the warning. */
  static final String ALL_4_AND_GROUPS = ALL_4 + " and each spring.http.serviceclient.*.redirects";

  private Redirects() {}

  /** Returns the settings with which no client follows. */
  static Map<String, Object> dontFollow() {
    Map<String, Object> defaults = new LinkedHashMap<>();
    List.of(BLOCKING_3, REACTIVE_3, ALL_4).forEach(name -> defaults.put(name, "dont-follow"));
    return defaults;
  }
}
