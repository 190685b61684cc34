// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverriddenTestsExtensionTest {
  abstract static class Contract {
    @Test
    void plain() {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void parameterized(int status) {}

    void helper() {}
  }

  static class Inherits extends Contract {
    @Override
    void helper() {}
  }

  static class Annotates extends Contract {
    @Test
    @Override
    @Quirk("differs")
    void plain() {}
  }

  static class LeavesOut extends Contract {
    @Override
    void plain() {}

    @Override
    void parameterized(int status) {}
  }

  static class InheritsTheOverride extends LeavesOut {}

  @Test
  void overriddenWithoutAnnotation_isFound() {
    assertThat(OverriddenTestsExtension.leftOut(LeavesOut.class))
        .extracting(Method::getName)
        .containsExactlyInAnyOrder("plain", "parameterized");
    assertThat(OverriddenTestsExtension.leftOut(InheritsTheOverride.class)).hasSize(2);
  }

  @Test
  void inheritedOrAnnotated_isRun() {
    assertThat(OverriddenTestsExtension.leftOut(Inherits.class)).isEmpty();
    assertThat(OverriddenTestsExtension.leftOut(Annotates.class)).isEmpty();
  }
}
