// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static java.lang.invoke.MethodType.methodType;
import static java.util.Objects.requireNonNull;

import io.opentelemetry.context.Context;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import kotlin.jvm.functions.Function0;
import okhttp3.Call;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;

/** Remembers in tags of the calls, which OkHttp has since 5.3. */
final class TaggedCalls extends CallContexts {
  private static final @Nullable MethodHandle TAG =
      find(Call.class, "tag", Object.class, Class.class);
  private static final @Nullable MethodHandle SET_TAG =
      find(Call.class, "tag", Object.class, Class.class, Function0.class);
  private static final @Nullable MethodHandle PLUS =
      find(EventListener.class, "plus", EventListener.class, EventListener.class);

  static final boolean ARE_POSSIBLE = TAG != null && SET_TAG != null && PLUS != null;

  TaggedCalls(EventListener.Factory listeners) {
    super(listeners);
  }

  @Override
  EventListener remember(Call call, Context context, EventListener listener) {
    try {
      return (EventListener)
          requireNonNull(PLUS).invokeExact(listener, (EventListener) new Made(context));
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  @Override
  @Nullable Context get(Call call) {
    try {
      Object tag = (Object) requireNonNull(TAG).invokeExact(call, Made.class);
      return tag instanceof Made made ? made.in : null;
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /**
   * Tags its call once that starts: in the constructor, where it is asked for, a call has no tags.
   */
  private static final class Made extends EventListener implements Function0<Made> {
    private final Context in;

    Made(Context in) {
      this.in = in;
    }

    @Override
    public void callStart(Call call) {
      try {
        Object unused =
            (Object) requireNonNull(SET_TAG).invokeExact(call, Made.class, (Function0<?>) this);
      } catch (Throwable e) {
        throw unchecked(e);
      }
    }

    @Override
    public Made invoke() {
      return this;
    }
  }

  private static @Nullable MethodHandle find(
      Class<?> type, String method, Class<?> result, Class<?>... parameters) {
    try {
      return MethodHandles.publicLookup().findVirtual(type, method, methodType(result, parameters));
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /** Returns what a method threw that declares nothing. */
  private static RuntimeException unchecked(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return (RuntimeException) e;
  }
}
