// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What each request has beside the headers that are checked, as curl's options have it.
 *
 * @param protocol how it is sent
 * @param method the method
 * @param lines header lines
 * @param body the body, each byte as a char; empty for none
 * @param json whether the body is a message of gRPC that must be encoded
 */
record RequestTemplate(
    Protocol protocol, String method, List<String> lines, String body, boolean json) {
  enum Protocol {
    HTTP1,
    HTTP2,
    GRPC
  }

  /** What HTTP/2 has other means for. */
  private static final Set<String> OF_HTTP1 = Set.of("host", "connection", "transfer-encoding");

  RequestTemplate with(byte[] encoded) {
    return new RequestTemplate(protocol, method, lines, new String(encoded, ISO_8859_1), false);
  }

  boolean isHttp2() {
    return protocol != Protocol.HTTP1;
  }

  byte[] bytes() {
    return body.getBytes(ISO_8859_1);
  }

  ByteBuf content() {
    return protocol == Protocol.GRPC
        ? Wire.grpcMessage(body)
        : Unpooled.copiedBuffer(body, ISO_8859_1);
  }

  /** Returns a request of HTTP/1.1, each char of a line a byte. */
  ByteBuf http1(ServiceUri uri, List<String> more, boolean keepAlive) {
    List<String> all = new ArrayList<>();
    all.add(method + " " + uri.target() + " HTTP/1.1");
    all.addAll(missing("Host: " + uri.authority(), "Accept: */*"));
    all.add("Connection: " + (keepAlive ? "keep-alive" : "close"));
    if (!body.isEmpty()) {
      all.add("Content-Length: " + body.length());
    }
    all.addAll(lines);
    all.addAll(more);
    return Unpooled.copiedBuffer(String.join("\r\n", all) + "\r\n\r\n" + body, ISO_8859_1);
  }

  /** Returns the headers of a request of HTTP/2, whose names are in lower case. */
  Http2Headers http2(ServiceUri uri, List<String> more) {
    Http2Headers headers = new DefaultHttp2Headers(false);
    headers.method(method).path(uri.target()).scheme(uri.tls() ? "https" : "http");
    headers.authority(
        lines.stream()
            .filter(line -> HeaderLine.name(line).equals("host"))
            .map(line -> HeaderLine.value(line, "host"))
            .findFirst()
            .orElse(uri.authority()));
    List<String> own =
        protocol == Protocol.GRPC
            ? missing("content-type: " + Wire.GRPC, "te: trailers")
            : missing("accept: */*");
    Stream.of(own, lines, more)
        .flatMap(List::stream)
        .filter(line -> !OF_HTTP1.contains(HeaderLine.name(line)))
        .forEach(line -> add(headers, line));
    return headers;
  }

  private static void add(Http2Headers headers, String line) {
    String name = HeaderLine.name(line);
    byte[] value = HeaderLine.value(line, name).getBytes(ISO_8859_1);
    headers.add(name, new AsciiString(value, false));
  }

  private List<String> missing(String... own) {
    return Stream.of(own)
        .filter(
            line -> lines.stream().map(HeaderLine::name).noneMatch(HeaderLine.name(line)::equals))
        .toList();
  }
}
