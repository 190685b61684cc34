// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import io.opentelemetry.context.Context;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import okhttp3.Call;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;

/**
 * Stores contexts in a weak map, for OkHttp before 5.3. Costs a weak reference per call and a lock
 * that all calls of a client share.
 */
final class WeakMapContexts extends CallContexts {
  /** Compares calls by identity, since no {@code Call} of OkHttp overrides {@code equals}. */
  private final Map<Call, Context> contexts = Collections.synchronizedMap(new WeakHashMap<>());

  WeakMapContexts(EventListener.Factory delegate) {
    super(delegate);
  }

  @Override
  EventListener store(Call call, Context context, EventListener listener) {
    contexts.put(call, context);
    return listener;
  }

  @Override
  @Nullable Context find(Call call) {
    return contexts.get(call);
  }
}
