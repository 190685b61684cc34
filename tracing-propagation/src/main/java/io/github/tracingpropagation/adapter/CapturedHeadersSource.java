// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.adapter;

import io.github.tracingpropagation.CapturedHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Where a framework keeps the captured headers of the request that a thread handles, if it has a
 * context of its own. Implementations are found by {@link java.util.ServiceLoader} in the class
 * loader of this library; for use by any number of threads.
 *
 * <p>Asked only if the thread's OpenTelemetry context has no snapshot. A snapshot without headers
 * is one: then nothing is forwarded, and nobody is asked.
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
