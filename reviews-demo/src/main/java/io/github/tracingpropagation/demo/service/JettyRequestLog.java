// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;

/** Reports each request that a Jetty server has answered. */
record JettyRequestLog(Consumer<ServedRequest> served) implements RequestLog {
  @Override
  public void log(Request request, Response response) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (HttpField field : request.getHeaders()) {
      headers
          .computeIfAbsent(field.getLowerCaseName(), name -> new ArrayList<>())
          .add(String.valueOf(field.getValue()));
    }
    served.accept(
        new ServedRequest(
            request.getMethod(), request.getHttpURI().getPath(), response.getStatus(), headers));
  }
}
