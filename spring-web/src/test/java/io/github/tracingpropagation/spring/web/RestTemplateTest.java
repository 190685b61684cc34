// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import org.junit.jupiter.api.DisplayName;
import org.springframework.http.client.SimpleClientHttpRequestFactory;

@DisplayName("RestTemplate as it comes")
class RestTemplateTest extends RestTemplateContract {
  RestTemplateTest() {
    super(new SimpleClientHttpRequestFactory());
  }
}
