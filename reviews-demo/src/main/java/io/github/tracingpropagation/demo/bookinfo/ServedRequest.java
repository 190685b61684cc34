// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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
    Map<String, List<String>> headers =
        request.getHeaders().stream()
            .collect(
                groupingBy(
                    HttpField::getLowerCaseName,
                    mapping(field -> String.valueOf(field.getValue()), toList())));
    return new ServedRequest(
        request.getMethod(), request.getHttpURI().getPath(), response.getStatus(), headers);
  }

  /** Returns the header's first value, or the default if the header did not arrive. */
  public String header(String name, String defaultValue) {
    return headers.getOrDefault(name, List.of(defaultValue)).get(0);
  }

  /**
   * Returns an access log, which prints one line for each request, with the {@code x-request-id}
   * that finds the same request in the logs of the other services. Threads may share it.
   */
  public static Consumer<ServedRequest> log(String service, PrintWriter out) {
    return request -> {
      String id = request.header("x-request-id", "-");
      out.println(
          printable(
              "%s %s %s %d x-request-id=%s"
                  .formatted(service, request.method, request.path, request.status, id)));
      out.flush();
    };
  }

  /**
   * Replaces every character outside of printable ASCII with {@code ?}. Line breaks would forge log
   * lines, control characters would move the cursor, other letters can imitate ASCII ones.
   */
  public static String printable(String text) {
    return text.replaceAll("[^ -~]", "?");
  }
}
