// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import org.junit.jupiter.api.DisplayName;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;

@DisplayName("WebClient on Reactor Netty")
class WebClientTest extends WebClientContract {
  WebClientTest() {
    super(new ReactorClientHttpConnector());
  }
}
