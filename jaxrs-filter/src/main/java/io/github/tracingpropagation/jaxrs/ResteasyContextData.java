// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.CapturedHeaders;
import java.util.HashMap;
import java.util.Map;
import org.jboss.resteasy.core.ResteasyContext;
import org.jboss.resteasy.plugins.server.Cleanables;
import org.jspecify.annotations.Nullable;

/**
 * RESTEasy's context data of a request, with the {@link Cleanables} of one dispatch pinned to its
 * thread.
 *
 * <p>RESTEasy runs the cleanables at the end of each dispatch on its thread, whether the request is
 * answered, suspended or failed. But a request that is resumed on another thread shares the context
 * data, and replaces the cleanables in it; the first thread would then run the wrong ones.
 */
final class ResteasyContextData extends HashMap<Class<?>, Object> {
  private static final long serialVersionUID = 1;

  private final transient Thread dispatchThread = Thread.currentThread();
  private final transient Cleanables cleanables;

  private ResteasyContextData(Map<Class<?>, Object> data, Cleanables cleanables) {
    super(data);
    this.cleanables = cleanables;
  }

  /**
   * Closes the filter's scope at the end of this thread's dispatch.
   *
   * @param closeScope null if no scope is open
   * @return false if RESTEasy is not dispatching on this thread: the scope is not closed
   */
  static boolean closeAtEndOfDispatch(CapturedHeaders captured, @Nullable Runnable closeScope) {
    if (closeScope == null) {
      return true;
    }
    Cleanables cleanables = ResteasyContext.getContextData(Cleanables.class);
    if (cleanables == null) {
      return false;
    }
    cleanables.addCleanable(closeScope::run);
    ResteasyContext.pushContextDataMap(
        new ResteasyContextData(ResteasyContext.getContextDataMap(), cleanables));
    return true;
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    return key == Cleanables.class && Thread.currentThread() == dispatchThread
        ? cleanables
        : super.get(key);
  }
}
