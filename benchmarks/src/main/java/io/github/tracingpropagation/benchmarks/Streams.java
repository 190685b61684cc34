// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;

/**
 * Any number of requests at a time over one connection, by HTTP/2. For one thread. A real client
 * keeps some ten thousand bytes for each request; this one keeps none, and sends each header in
 * full, so that the server has no value twice.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9113">RFC 9113</a>
 */
final class Streams implements AutoCloseable {
  private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
  private static final int PATIENCE_MILLIS = 60_000;

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int GOAWAY = 7;
  private static final int ACK = 1; // of settings
  private static final int END_STREAM = 1; // of data and headers
  private static final int END_HEADERS = 4;

  private static final byte[] NO_HEADER_TABLE = {0, 1, 0, 0, 0, 0};
  private static final byte TABLE_IS_EMPTY = 0x20; // before a connection's first status
  private static final byte STATUS_200 = (byte) 0x88;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private int nextStream = 1;

  /** Connects to a port of this machine. */
  Streams(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    out.write(PREFACE);
    frame(SETTINGS, 0, 0, NO_HEADER_TABLE);
    frame(SETTINGS, ACK, 0, new byte[0]); // of any that the server sends: none binds this client
    out.flush();
  }

  /** Sends a request many times, each on a stream of its own. */
  void send(Map<String, String> headers, int requests) throws IOException {
    byte[] fields = fields(headers);
    for (int i = 0; i < requests; i++) {
      frame(HEADERS, END_STREAM | END_HEADERS, nextStream, fields);
      nextStream += 2;
    }
    out.flush();
  }

  /**
   * Waits for so many responses.
   *
   * @throws IOException if one is any but a 200
   */
  void receive(int responses) throws IOException {
    for (int ended = 0; ended < responses; ) {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      in.readInt(); // whichever stream
      byte[] payload = in.readNBytes(length);
      if (type == RST_STREAM || type == GOAWAY || (type == HEADERS && !isStatus200(payload))) {
        throw new IOException("no response is 200 after " + ended + " that are");
      }
      if ((type == DATA || type == HEADERS) && (flags & END_STREAM) != 0) {
        ended++;
      }
    }
  }

  /** Returns once the server has hung up as well. */
  @Override
  public void close() throws IOException {
    try (socket) {
      socket.shutdownOutput();
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    out.writeByte(payload.length >> 16);
    out.writeShort(payload.length);
    out.writeByte(type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(payload);
  }

  private static boolean isStatus200(byte[] fields) {
    return fields[fields[0] == TABLE_IS_EMPTY ? 1 : 0] == STATUS_200;
  }

  private static byte[] fields(Map<String, String> headers) {
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    field(fields, ":method", "GET");
    field(fields, ":scheme", "http");
    field(fields, ":path", "/reviews/0");
    headers.forEach(
        (name, value) -> field(fields, name.equals("host") ? ":authority" : name, value));
    return fields.toByteArray();
  }

  /** HPACK: a literal that nobody is to remember, each string as it is. */
  private static void field(ByteArrayOutputStream fields, String name, String value) {
    fields.write(0);
    string(fields, name);
    string(fields, value);
  }

  private static void string(ByteArrayOutputStream fields, String string) {
    if (string.length() >= 127) {
      throw new IllegalArgumentException(string); // its length would take a second byte
    }
    fields.write(string.length());
    fields.writeBytes(string.getBytes(US_ASCII));
  }
}
