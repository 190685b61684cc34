// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A client connection that sends header lines byte for byte, without validation. */
public final class RawHttp implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 60_000;

  private final Socket socket;
  private final String host;

  private RawHttp(Socket socket, String host) {
    this.socket = socket;
    this.host = host;
  }

  /** Connects to the server of a URI. */
  public static RawHttp connect(URI uri) throws IOException {
    Socket socket = new Socket(uri.getHost(), uri.getPort());
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    return new RawHttp(socket, uri.getAuthority());
  }

  /** Sends one request on a connection of its own. */
  public static Response get(URI uri, List<String> lines) throws IOException {
    try (RawHttp connection = connect(uri)) {
      return connection.get(uri.getPath(), lines);
    }
  }

  /** Sends a request and waits for its response; the connection stays open. */
  public Response get(String path, List<String> lines) throws IOException {
    send(path, lines);
    return receive();
  }

  /** Sends a request. Several may be sent before the first response is received. */
  public void send(String path, List<String> lines) throws IOException {
    StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
    request.append("Host: ").append(host).append("\r\n");
    lines.forEach(line -> request.append(line).append("\r\n"));
    write(request.append("\r\n").toString());
  }

  /** Sends more bytes, such as those of a body. */
  public void write(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
  }

  /** Waits for the response to the earliest request without one. */
  public Response receive() throws IOException {
    return read(socket.getInputStream());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static Response read(InputStream in) throws IOException {
    int status = Integer.parseInt(line(in).split(" ", 3)[1]);
    List<String> headers = new ArrayList<>();
    int length = 0;
    boolean chunked = false;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      headers.add(line);
      String name = HeaderLines.name(line);
      if (name.equalsIgnoreCase("content-length")) {
        length = Integer.parseInt(HeaderLines.value(line));
      }
      chunked |= name.equalsIgnoreCase("transfer-encoding");
    }
    return new Response(status, headers, chunked ? chunks(in) : bytes(in, length));
  }

  private static String chunks(InputStream in) throws IOException {
    StringBuilder body = new StringBuilder();
    for (int size = Integer.parseInt(line(in), 16);
        size > 0;
        size = Integer.parseInt(line(in), 16)) {
      body.append(bytes(in, size));
      line(in);
    }
    line(in);
    return body.toString();
  }

  private static String bytes(InputStream in, int length) throws IOException {
    return new String(in.readNBytes(length), ISO_8859_1);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException(
            "the server closed the connection after: " + line.toString(ISO_8859_1));
      }
      line.write(b);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  /**
   * A response.
   *
   * @param status the status code
   * @param headers the header lines
   * @param body each byte as a char
   */
  public record Response(int status, List<String> headers, String body) {
    /** Returns the lines of the body. */
    public List<String> lines() {
      return body.lines().toList();
    }
  }
}
