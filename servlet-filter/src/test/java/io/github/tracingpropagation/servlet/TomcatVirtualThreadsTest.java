// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.RawHttp;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@DisplayName("Tomcat, virtual threads (JDK 21+)")
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "the first JDK with virtual threads")
class TomcatVirtualThreadsTest extends TomcatServletFilterTest {
  @Override
  void configure(Connector connector, int workers) {
    connector.setProperty("useVirtualThreads", "true");
  }

  @Test
  void request_runsOnAVirtualThread() throws Exception {
    assertThat(RawHttp.get(uri("/thread"), List.of()).body()).startsWith("VirtualThread");
  }
}
