// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP/1.1 request or response, each byte as a char. No HTTP library is used,
 * because each one repairs or rejects the lines that the check is about.
 *
 * @param start the request line or status line
 * @param lines the header lines, untouched
 */
record HttpMessage(String start, List<String> lines) {
  private static final int MAX_LINE = 64 * 1024;
  private static final int MAX_LINES = 1000;

  /** Reads a head; returns null if the connection ended before it. */
  static @Nullable HttpMessage read(InputStream in) throws IOException {
    String start = line(in);
    if (start == null) {
      return null;
    }
    List<String> lines = new ArrayList<>();
    for (String line = next(in); !line.isEmpty(); line = next(in)) {
      lines.add(line);
      if (lines.size() > MAX_LINES) {
        throw new IOException("more than " + MAX_LINES + " header lines");
      }
    }
    return new HttpMessage(start, lines);
  }

  /** Returns the first value of a header, or null. */
  @Nullable String value(String name) {
    for (String line : lines) {
      if (HeaderLine.name(line).equals(name)) {
        return line.substring(name.length() + 1).strip();
      }
    }
    return null;
  }

  /** Returns whether the sender ends the connection after this message. */
  boolean isLast() {
    String connection = value("connection");
    boolean old = start.endsWith("HTTP/1.0") || start.startsWith("HTTP/1.0");
    return old || "close".equalsIgnoreCase(connection);
  }

  /** Reads and discards the body of a request. */
  void skipBody(InputStream in) throws IOException {
    String length = value("content-length");
    if (isChunked()) {
      skipChunks(in);
    } else if (length != null) {
      in.skipNBytes(Long.parseLong(length));
    }
  }

  /** Reads and discards the body of a response, which may last until the connection ends. */
  void skipResponseBody(InputStream in, boolean toHead) throws IOException {
    if (toHead || status() == 204 || status() == 304) {
      return;
    }
    if (hasEnd()) {
      skipBody(in);
    } else {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }

  /** Returns whether a response's body ends before the connection does. */
  boolean hasEnd() throws IOException {
    return isChunked() || value("content-length") != null || status() == 204 || status() == 304;
  }

  /** Returns the status of a response. */
  int status() throws IOException {
    String[] parts = start.split(" ", 3);
    if (!start.startsWith("HTTP/1.") || parts.length < 2) {
      throw new IOException("no HTTP/1.1 response");
    }
    return Integer.parseInt(parts[1]);
  }

  private boolean isChunked() {
    String encoding = value("transfer-encoding");
    return encoding != null && encoding.toLowerCase(Locale.ROOT).endsWith("chunked");
  }

  private static void skipChunks(InputStream in) throws IOException {
    for (long size = chunkSize(in); size > 0; size = chunkSize(in)) {
      in.skipNBytes(size);
      next(in);
    }
    while (!next(in).isEmpty()) {
      // trailers
    }
  }

  private static long chunkSize(InputStream in) throws IOException {
    return Long.parseLong(next(in).split(";", 2)[0].strip(), 16);
  }

  private static String next(InputStream in) throws IOException {
    String line = line(in);
    if (line == null) {
      throw new EOFException("the connection ended within a message");
    }
    return line;
  }

  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b = in.read();
    if (b < 0) {
      return null;
    }
    for (; b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection ended within a line");
      }
      if (line.size() == MAX_LINE) {
        throw new IOException("a line of more than " + MAX_LINE + " bytes");
      }
      line.write(b);
    }
    String text = line.toString(ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
