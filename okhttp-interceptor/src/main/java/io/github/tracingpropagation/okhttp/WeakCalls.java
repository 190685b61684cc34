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

/** Remembers beside the calls. The garbage collector has work with each of them. */
final class WeakCalls extends CallContexts {
  /** A call equals only itself. */
  private final Map<Call, Context> contexts = Collections.synchronizedMap(new WeakHashMap<>());

  WeakCalls(EventListener.Factory listeners) {
    super(listeners);
  }

  @Override
  EventListener remember(Call call, Context context, EventListener listener) {
    contexts.put(call, context);
    return listener;
  }

  @Override
  @Nullable Context get(Call call) {
    return contexts.get(call);
  }
}
