// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * A request as the server received it, before any filter of the application, and the status of its
 * response. Threads may share it.
 *
 * @param path still percent-encoded
 * @param headers by lower-case name
 */
public record ServedRequest(
    String method, String path, int status, Map<String, List<String>> headers) {
  static ServedRequest of(Request request, Response response) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (HttpField field : request.getHeaders()) {
      headers
          .computeIfAbsent(field.getLowerCaseName(), name -> new ArrayList<>())
          .add(String.valueOf(field.getValue()));
    }
    return new ServedRequest(
        request.getMethod(), request.getHttpURI().getPath(), response.getStatus(), headers);
  }

  /** Returns the header's first value, or the default if the header did not arrive. */
  public String header(String name, String defaultValue) {
    List<String> values = headers.get(name);
    return values == null || values.isEmpty() ? defaultValue : values.get(0);
  }
}
