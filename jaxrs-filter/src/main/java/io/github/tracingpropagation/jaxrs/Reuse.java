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
 * Forwards with the first use of a request alone. An {@code Invocation} of RESTEasy has one map of
 * headers for all of its uses, which may even run at once: what one of them adds, another sends.
 */
final class Reuse {
  private static final String ADDED = Reuse.class.getName() + ".added";

  private Reuse() {}

  /**
   * Begins a use, and takes off what an earlier one has added. The caller holds the lock of the
   * headers until it has added its own.
   *
   * @return where to note what is added, or null in all but the first use
   */
  static @Nullable Map<String, String> begin(
      ClientRequestContext request, MultivaluedMap<String, Object> headers) {
    if (request.getProperty(ADDED) instanceof Map<?, ?> earlier) {
      earlier.forEach((name, value) -> takeOff(headers, name.toString(), value));
      return null;
    }
    Map<String, String> added = new HashMap<>();
    request.setProperty(ADDED, added);
    return added;
  }

  /**
   * Takes our value off, by identity, and leaves what the application has set since. Copies, and
   * removes no name: the earlier use may still be reading the map and the list.
   */
  @SuppressWarnings("ReferenceEquality")
  private static void takeOff(MultivaluedMap<String, Object> headers, String name, Object value) {
    List<Object> values = headers.get(name);
    if (values != null) {
      List<Object> others = new ArrayList<>(values);
      others.removeIf(other -> other == value);
      headers.put(name, others);
    }
  }
}
