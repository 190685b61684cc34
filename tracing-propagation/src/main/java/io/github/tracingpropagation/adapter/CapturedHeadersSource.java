// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.adapter;

import io.github.tracingpropagation.CapturedHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Returns the captured headers from the context of a framework that has its own. {@link
 * java.util.ServiceLoader} finds implementations in the class loader of this library. Thread-safe.
 *
 * <p>Called only if the thread's OpenTelemetry context has no snapshot. The empty snapshot is one,
 * too: then nothing is forwarded, and no source is called.
 */
public interface CapturedHeadersSource {

  /**
   * Returns the snapshot of the request that this thread handles. What it throws is logged once,
   * and counts as null.
   *
   * @return the snapshot, the empty one if nothing must be forwarded; null if this source knows of
   *     no request
   */
  @Nullable CapturedHeaders current();
}
