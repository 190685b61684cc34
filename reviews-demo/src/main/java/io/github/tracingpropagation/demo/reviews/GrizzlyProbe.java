// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.reviews;

import io.github.tracingpropagation.demo.service.ServedRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.HttpServerProbe;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** Reports each request that a Grizzly server has answered. */
final class GrizzlyProbe extends HttpServerProbe.Adapter {
  private final Consumer<ServedRequest> served;

  GrizzlyProbe(Consumer<ServedRequest> served) {
    this.served = served;
  }

  @Override
  @SuppressWarnings("rawtypes") // as the overridden method
  public void onRequestCompleteEvent(
      HttpServerFilter filter, Connection connection, Response response) {
    Request request = response.getRequest();
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String name : request.getHeaderNames()) {
      List<String> values =
          headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>());
      request.getHeaders(name).forEach(values::add);
    }
    served.accept(
        new ServedRequest(
            request.getMethod().getMethodString(),
            request.getRequestURI(),
            response.getStatus(),
            headers));
  }
}
