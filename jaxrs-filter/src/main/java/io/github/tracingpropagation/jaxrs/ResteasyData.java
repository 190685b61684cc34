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
 * RESTEasy's data of a request, in which the worker keeps its own clean-up. RESTEasy cleans up at
 * the end of each dispatch on its thread, whether the request is answered, suspended or failed. But
 * a request that is resumed on another thread shares the data, and replaces the clean-up in it.
 */
final class ResteasyData extends HashMap<Class<?>, Object> {
  private static final long serialVersionUID = 1;

  private final transient Thread worker = Thread.currentThread();
  private final transient Cleanables cleanables;

  private ResteasyData(Map<Class<?>, Object> data, Cleanables cleanables) {
    super(data);
    this.cleanables = cleanables;
  }

  /**
   * Runs a task at the end of the dispatch that this thread is in.
   *
   * @return whether it is in one
   */
  static boolean atEndOfDispatch(CapturedHeaders captured, @Nullable Runnable task) {
    if (task == null) {
      return true;
    }
    Cleanables cleanables = ResteasyContext.getContextData(Cleanables.class);
    if (cleanables == null) {
      return false;
    }
    cleanables.addCleanable(task::run);
    ResteasyContext.pushContextDataMap(
        new ResteasyData(ResteasyContext.getContextDataMap(), cleanables));
    return true;
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    return key == Cleanables.class && Thread.currentThread() == worker
        ? cleanables
        : super.get(key);
  }
}
