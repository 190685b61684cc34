// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import org.junit.jupiter.api.DisplayName;
import org.springframework.http.client.ReactorClientHttpRequestFactory;

@DisplayName("RestClient on Reactor Netty")
class ReactorRestClientTest extends RestClientContract {
  ReactorRestClientTest() {
    super(new ReactorClientHttpRequestFactory());
  }
}
