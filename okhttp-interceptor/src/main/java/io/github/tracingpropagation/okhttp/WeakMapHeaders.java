// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import io.github.tracingpropagation.CapturedHeaders;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import okhttp3.Call;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;

/**
 * Stores the headers in a weak map, for OkHttp before 5.3. Costs a weak reference per call and a
 * lock that all calls of a client share.
 */
final class WeakMapHeaders extends CallHeaders {
  /** Compares calls by identity, since no {@code Call} of OkHttp overrides {@code equals}. */
  private final Map<Call, CapturedHeaders> headers =
      Collections.synchronizedMap(new WeakHashMap<>());

  WeakMapHeaders(EventListener.Factory delegate) {
    super(delegate);
  }

  @Override
  EventListener store(Call call, CapturedHeaders captured, EventListener listener) {
    headers.put(call, captured);
    return listener;
  }

  @Override
  @Nullable CapturedHeaders find(Call call) {
    return headers.get(call);
  }
}
