// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.DisplayName;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

@DisplayName("RestTemplate on Apache HttpClient")
class ApacheRestTemplateTest extends RestTemplateContract {
  ApacheRestTemplateTest() {
    super(
        new HttpComponentsClientHttpRequestFactory(
            HttpClients.custom().disableRedirectHandling().build()));
  }
}
