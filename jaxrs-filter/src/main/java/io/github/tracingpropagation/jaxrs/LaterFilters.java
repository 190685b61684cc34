// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.jaxrs.RedirectCheck.Refusal;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Jersey and RESTEasy: finds filters that may run after {@link ClientFilter}, and send the request
 * to another host than the one that was checked. The order of filters with the same priority is not
 * defined.
 */
final class LaterFilters {
  private LaterFilters() {}

  static @Nullable Refusal refusal(Configuration configuration) {
    for (Class<?> type : configuration.getClasses()) {
      if (mayRunLater(type, configuration)) {
        return refusal(type);
      }
    }
    for (Object instance : configuration.getInstances()) {
      if (mayRunLater(instance.getClass(), configuration)) {
        return refusal(instance.getClass());
      }
    }
    return null;
  }

  private static boolean mayRunLater(Class<?> type, Configuration configuration) {
    Integer priority =
        type != ClientFilter.class && ClientRequestFilter.class.isAssignableFrom(type)
            ? configuration.getContracts(type).get(ClientRequestFilter.class)
            : null;
    return priority != null && priority == ClientFilter.PRIORITY;
  }

  static Refusal refusal(Class<?> filter) {
    return new Refusal(
        "the filter " + filter.getName() + " may run last, and set another URI",
        "Give it a priority below Integer.MAX_VALUE.");
  }
}
