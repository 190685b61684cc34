// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.reactor;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.RedirectContract;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import reactor.netty.http.client.HttpClient;

class ReactorNettyTest extends RedirectContract {
  @Override
  protected int call(TracingPropagation propagation, URI uri, List<String> lines) {
    HttpClient client =
        HttpClient.create()
            .followRedirect(true)
            .headers(
                headers ->
                    lines.forEach(
                        line -> headers.add(HeaderLines.name(line), HeaderLines.value(line))));
    return requireNonNull(
            ReactorNettyTracingPropagation.install(client, propagation)
                .get()
                .uri(uri)
                .response()
                .block(Duration.ofSeconds(60)))
        .status()
        .code();
  }

  @Override
  protected int mostHops() {
    return 52;
  }
}
