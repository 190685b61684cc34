// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import io.opentelemetry.context.Context;
import kotlin.jvm.functions.Function0;
import okhttp3.Call;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;

/** Stores contexts in the calls' tags, which OkHttp has since 5.3. */
final class CallTagContexts extends CallContexts {
  /**
   * Whether calls have tags and listeners can be combined. Older releases load this class all the
   * same: the JVM links a method when it is first called.
   */
  static final boolean SUPPORTED =
      hasMethod(Call.class, "tag", Class.class, Function0.class)
          && hasMethod(EventListener.class, "plus", EventListener.class);

  CallTagContexts(EventListener.Factory delegate) {
    super(delegate);
  }

  private static boolean hasMethod(Class<?> type, String name, Class<?>... parameters) {
    try {
      type.getMethod(name, parameters);
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  @Override
  EventListener store(Call call, Context context, EventListener listener) {
    return listener.plus(new ContextTag(context));
  }

  @Override
  @Nullable Context find(Call call) {
    ContextTag tag = call.tag(ContextTag.class);
    return tag == null ? null : tag.context;
  }

  /** Sets itself as a tag at the call's start: while the call is constructed, it has no tags. */
  private static final class ContextTag extends EventListener implements Function0<ContextTag> {
    private final Context context;

    ContextTag(Context context) {
      this.context = context;
    }

    @Override
    public void callStart(Call call) {
      call.tag(ContextTag.class, this);
    }

    /** Returns the tag's value, as {@link Call#tag} requires. */
    @Override
    public ContextTag invoke() {
      return this;
    }
  }
}
