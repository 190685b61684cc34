// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.Log;
import org.junit.jupiter.api.Test;

class OnceLoggerTest {
  @Test
  void sameMessage_isLoggedOnceForEachLogger() {
    try (Log log = Log.open()) {
      for (int i = 0; i < 3; i++) {
        OnceLogger.of(OnceLogger.class).notForwarded("a client", "it is one", "Use another.");
        OnceLogger.of(Setting.class).notForwarded("a client", "it is one", "Use another.");
      }
      OnceLogger.of(Setting.class).mayReachOtherHost("a client", "it follows", "Switch it off.");

      String once = "No tracing headers are forwarded with a client: it is one. Use another.";
      assertThat(log.warnings())
          .containsExactly(
              once,
              once,
              "No tracing headers are forwarded with a client: it follows, which could send them to"
                  + " a host that may not receive them. Switch it off.");
    }
  }
}
