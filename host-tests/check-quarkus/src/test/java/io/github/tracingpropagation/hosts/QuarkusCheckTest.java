// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import io.github.tracingpropagation.check.PropagationCheck;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A Quarkus application with the feature keeps every rule. */
@QuarkusTest
@QuarkusTestResource(QuarkusCheckTest.Ratings.class)
class QuarkusCheckTest {
  @TestHTTPResource("reviews")
  URI reviews;

  PropagationCheck check; // set by the resource

  @Test
  void application_keepsEveryRule() throws Exception {
    check.check(reviews).assertKept();
  }

  public static class Ratings implements QuarkusTestResourceLifecycleManager {
    private PropagationCheck check;

    @Override
    public Map<String, String> start() {
      try {
        check = PropagationCheck.start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Map.of("ratings.uri", check.uri().toString());
    }

    @Override
    public void inject(TestInjector injector) {
      injector.injectIntoFields(check, field -> field.getType() == PropagationCheck.class);
    }

    @Override
    public void stop() {
      check.close();
    }
  }
}
