// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jdkhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.ReflectionRecorder;
import java.net.http.HttpClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the jar tells the builder of a native image is all that it finds by reflection. */
class NativeHintsTest {

  @Test
  void reflectiveCalls_areRegistered() throws Exception {
    assertThat(ReflectionRecorder.record(Ways.class, "tracing-propagation-jdk-httpclient"))
        .allMatch(call -> call.startsWith("registered "))
        .hasSize(Runtime.version().feature() >= 21 ? 8 : 0); // each is found and invoked
  }

  /** Run in a JVM of its own. */
  public static final class Ways {
    private Ways() {}

    public static void main(String[] args) throws Exception {
      DelegatingHttpClient client =
          (DelegatingHttpClient)
              JdkHttpTracingPropagation.wrap(
                  HttpClient.newHttpClient(), TracingPropagation.create());
      try {
        client.shutdown();
        client.shutdownNow();
        client.isTerminated();
        client.awaitTermination(Duration.ZERO);
      } catch (UnsupportedOperationException e) {
        assertThat(Runtime.version().feature()).isLessThan(21);
      }
    }
  }
}
