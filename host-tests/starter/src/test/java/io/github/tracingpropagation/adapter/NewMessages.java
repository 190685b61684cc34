// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.adapter;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets a test see messages that earlier tests of the same JVM have caused. */
public final class NewMessages implements BeforeEachCallback {
  @Override
  public void beforeEach(ExtensionContext test) {
    OnceLogger.forget();
  }
}
