// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.app;

import io.helidon.common.configurable.ThreadPoolSupplier;
import java.util.concurrent.Executor;

/** A pool as the host makes them, which propagates the host's own context. */
final class HostPool {
  private static final Executor POOL = ThreadPoolSupplier.create("host-pool").get();

  private HostPool() {}

  static Executor get() {
    return POOL;
  }
}
