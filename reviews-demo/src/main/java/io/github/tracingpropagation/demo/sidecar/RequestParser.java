// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.sidecar;

import io.github.tracingpropagation.demo.service.ServedRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;

/** Parses the requests of one connection. One thread may use it. */
final class RequestParser implements HttpParser.RequestHandler {
  private final HttpParser parser = new HttpParser(this);
  private final Consumer<ServedRequest> parsed;
  private String method = "-";
  private String path = "-";
  private Map<String, List<String>> headers = Map.of();

  /**
   * Creates a parser.
   *
   * @param parsed called with each request after its last header, with status 0
   */
  RequestParser(Consumer<ServedRequest> parsed) {
    this.parsed = parsed;
  }

  /** Parses the next bytes, all of them. */
  void parse(ByteBuffer bytes) {
    while (bytes.hasRemaining() && !parser.isClosed()) {
      parser.parseNext(bytes);
      if (parser.isState(HttpParser.State.END)) {
        parser.reset();
      }
    }
  }

  @Override
  public void startRequest(String requestMethod, String uri, HttpVersion version) {
    method = requestMethod;
    path = uri.replaceFirst("[?#].*", "");
    headers = new LinkedHashMap<>();
  }

  @Override
  public void parsedHeader(HttpField field) {
    headers
        .computeIfAbsent(field.getLowerCaseName(), name -> new ArrayList<>())
        .add(String.valueOf(field.getValue()));
  }

  @Override
  public boolean headerComplete() {
    parsed.accept(new ServedRequest(method, path, 0, headers));
    return false;
  }

  @Override
  public boolean content(ByteBuffer bytes) {
    return false;
  }

  @Override
  public boolean contentComplete() {
    return false;
  }

  @Override
  public boolean messageComplete() {
    return true;
  }

  @Override
  public void earlyEOF() {
    // not told: the relay closes both connections
  }
}
