// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.context.Context;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails each test, in every module, after which the current context is not the root. */
public final class RootContextExtension implements AfterEachCallback {
  @Override
  public void afterEach(ExtensionContext test) {
    assertThat(Context.current()).as("context after the test").isSameAs(Context.root());
  }
}
