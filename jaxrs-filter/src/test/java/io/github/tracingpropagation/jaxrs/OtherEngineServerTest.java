// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Quirk;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the standard alone makes possible, in an engine that would tell more. */
@DisplayName("another engine")
class OtherEngineServerTest extends JerseyServerTest {
  @Override
  Feature feature(TracingPropagation propagation) {
    return new StandardOnly(propagation);
  }

  /** The next request cleans the worker. */
  @Override
  protected void everyWorkerIsClean() throws Exception {
    requestsWithoutHeadersSeeNothing();
    super.everyWorkerIsClean();
  }

  @Test
  @Override
  @Quirk("with the next request that comes to it, or beneath the servlet filter")
  void rule10_suspendedAndStillOpen_workerIsClean() throws Exception {
    super.rule10_suspendedAndStillOpen_workerIsClean();
  }

  @Test
  @Override
  @Quirk("the method sees nothing after its answer")
  void rule10_resumedAtOnce_methodStillSeesItsOwn() throws Exception {
    assertThatThrownBy(super::rule10_resumedAtOnce_methodStillSeesItsOwn)
        .isInstanceOf(AssertionError.class);
  }

  /** Public for Jakarta REST. */
  public static final class StandardOnly implements Feature {
    private final TracingPropagation propagation;

    StandardOnly(TracingPropagation propagation) {
      this.propagation = propagation;
    }

    @Override
    public boolean configure(FeatureContext context) {
      TracingPropagationFeature.registerServer(context, propagation, Engine.OTHER);
      return true;
    }
  }
}
