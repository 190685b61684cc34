// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import io.opentelemetry.context.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;

/**
 * Makes current what arrived; a library that is installed in the client forwards it.
 *
 * @param entry makes current what the library needs of a request
 * @param <C> the type of the outgoing request
 */
record LibraryHop<C>(Function<HttpServletRequest, Scope> entry) implements Hop<C> {
  @Override
  public void forward(HttpServletRequest inbound, C outbound) {
    throw new UnsupportedOperationException("the client forwards when it sends");
  }

  @Override
  @SuppressWarnings("try") // a scope is only there to be closed
  public Object send(HttpServletRequest inbound, C outbound, Function<C, Object> client) {
    try (Scope scope = entry.apply(inbound)) {
      return client.apply(outbound);
    }
  }
}
