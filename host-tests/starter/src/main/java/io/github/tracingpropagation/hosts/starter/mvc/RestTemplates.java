// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.starter.mvc;

import java.util.Optional;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.web.client.RestTemplate;

/** Spring Boot's builder of {@code RestTemplate}s, whose package differs between 3 and 4. */
interface RestTemplates {
  RestTemplate build(Optional<ClientHttpRequestFactoryBuilder<?>> factory);
}
