// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets only the first execution of an {@code Invocation} forward. RESTEasy keeps one map of headers
 * for all executions of an invocation, which may even run at the same time: a header that one of
 * them adds, another one sends.
 */
final class InvocationReuse {
  /** The request property that holds the headers that the first execution added. */
  private static final String ADDED = InvocationReuse.class.getName() + ".added";

  private InvocationReuse() {}

  /**
   * Begins an execution: removes the headers that the first one added. The caller holds the lock of
   * {@code headers} until it has added its own.
   *
   * @return the map in which the caller records what it adds; null if this is not the first
   *     execution, so that nothing may be added
   */
  static @Nullable Map<String, String> begin(
      ClientRequestContext request, MultivaluedMap<String, Object> headers) {
    if (request.getProperty(ADDED) instanceof Map<?, ?> earlier) {
      earlier.forEach((name, value) -> remove(headers, name.toString(), value));
      return null;
    }
    Map<String, String> added = new HashMap<>();
    request.setProperty(ADDED, added);
    return added;
  }

  /**
   * Removes our value, found by identity: the application may have set an equal one since. Replaces
   * the list and keeps the name, because the first execution may still be reading map and list.
   */
  @SuppressWarnings("ReferenceEquality")
  private static void remove(MultivaluedMap<String, Object> headers, String name, Object value) {
    List<Object> values = headers.get(name);
    if (values != null) {
      List<Object> others = new ArrayList<>(values);
      others.removeIf(other -> other == value);
      headers.put(name, others);
    }
  }
}
