// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.NoRedirectContract;
import java.util.List;
import org.springframework.http.HttpHeaders;

/** Contract of each client of Spring, without Spring Boot, on what follows no redirect. */
abstract class ClientContract extends NoRedirectContract {

  static void add(List<String> lines, HttpHeaders headers) {
    lines.forEach(line -> headers.add(HeaderLines.name(line), HeaderLines.value(line)));
  }
}
