// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import io.github.tracingpropagation.check.PropagationCase;
import io.github.tracingpropagation.testing.Quirk;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.client.reactive.JdkClientHttpConnector;

@DisplayName("WebClient on the JDK's client")
class JdkWebClientTest extends WebClientContract {
  JdkWebClientTest() {
    super(new JdkClientHttpConnector());
  }

  @Override
  @Quirk("The JDK's client sends a `?` for a tab within a value.")
  @ParameterizedTest
  @MethodSource("io.github.tracingpropagation.check.PropagationCase#all")
  @DisplayName("rules 1 to 6, each row")
  protected void captured_isForwarded(PropagationCase row) throws Exception {
    List<String> sent = row.out().stream().map(line -> line.replace('\t', '?')).toList();
    super.captured_isForwarded(new PropagationCase(row.name(), row.in(), sent));
  }
}
