// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import io.github.tracingpropagation.CapturedHeaders;
import kotlin.jvm.functions.Function0;
import okhttp3.Call;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;

/** Stores the headers in the calls' tags, which OkHttp has since 5.3. */
final class CallTagHeaders extends CallHeaders {
  /**
   * Whether calls have tags and listeners can be combined. Older releases load this class all the
   * same: the JVM links a method when it is first called.
   */
  static final boolean SUPPORTED =
      hasMethod(Call.class, "tag", Class.class, Function0.class)
          && hasMethod(EventListener.class, "plus", EventListener.class);

  CallTagHeaders(EventListener.Factory delegate) {
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
  EventListener store(Call call, CapturedHeaders captured, EventListener listener) {
    return listener.plus(new HeadersTag(captured));
  }

  @Override
  @Nullable CapturedHeaders find(Call call) {
    HeadersTag tag = call.tag(HeadersTag.class);
    return tag == null ? null : tag.captured;
  }

  /** Sets itself as a tag at the call's start: while the call is constructed, it has no tags. */
  private static final class HeadersTag extends EventListener implements Function0<HeadersTag> {
    private final CapturedHeaders captured;

    HeadersTag(CapturedHeaders captured) {
      this.captured = captured;
    }

    @Override
    public void callStart(Call call) {
      call.tag(HeadersTag.class, this);
    }

    /** Returns the tag's value, as {@link Call#tag} requires. */
    @Override
    public HeadersTag invoke() {
      return this;
    }
  }
}
