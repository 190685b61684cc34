// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.app;

import jakarta.enterprise.inject.spi.CDI;
import java.util.concurrent.Executor;
import org.eclipse.microprofile.context.ManagedExecutor;

/** The managed executor that the host offers to applications. */
final class HostPool {
  private HostPool() {}

  static Executor get() {
    return CDI.current().select(ManagedExecutor.class).get();
  }
}
