// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.RequestFacade;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.MimeHeaders;
import org.jspecify.annotations.Nullable;

/** Tomcat's table. A name or a value is bytes until somebody asks for the string. */
final class TomcatTable extends FieldTable {
  static final String REQUEST = "org.apache.catalina.connector.RequestFacade";

  private static final Name[] NO_NAMES = {};

  /** The bit that tells a letter from its capital. */
  private static final int CASE = 0x20;

  /**
   * Constant, or it would cost as much as three look-ups; where Tomcat does not let us in, null.
   */
  private static final @Nullable VarHandle BEHIND_FACADE = behindFacade();

  private final MimeHeaders fields;

  /** The watched names, by their length. */
  private final Name[][] names;

  private TomcatTable(HttpServletRequest request, MimeHeaders fields, Name[][] names) {
    super(request, fields.size());
    this.fields = fields;
    this.names = names;
  }

  private static @Nullable VarHandle behindFacade() {
    try {
      return MethodHandles.privateLookupIn(RequestFacade.class, MethodHandles.lookup())
          .findVarHandle(RequestFacade.class, "request", Request.class);
    } catch (ReflectiveOperationException e) {
      return null; // as a module that is not open, or another release
    }
  }

  /**
   * Returns what opens the tables of requests.
   *
   * @param watched the names in lower case
   */
  static Opener opener(Collection<String> watched) {
    Name[][] names = new Name[1 + watched.stream().mapToInt(String::length).max().orElse(0)][];
    for (int i = 0; i < names.length; i++) {
      int length = i;
      names[i] =
          watched.stream()
              .filter(name -> name.length() == length)
              .map(Name::of)
              .toArray(Name[]::new);
    }
    return request -> {
      if (BEHIND_FACADE == null) {
        return null;
      }
      Request inner = (Request) BEHIND_FACADE.get((RequestFacade) request);
      return new TomcatTable(request, inner.getCoyoteRequest().getMimeHeaders(), names);
    };
  }

  @Override
  String name(int line) {
    MessageBytes name = fields.getName(line);
    if (name.getType() != MessageBytes.T_BYTES) {
      return name.toStringType();
    }
    ByteChunk bytes = name.getByteChunk();
    int length = bytes.getLength();
    for (Name watched : length < names.length ? names[length] : NO_NAMES) {
      if (watched.is(bytes)) {
        return watched.text;
      }
    }
    return "";
  }

  /** As Tomcat's own way, which takes longer, and makes buffers beside the string. */
  @Override
  String value(int line) {
    MessageBytes value = fields.getValue(line);
    if (value.getType() != MessageBytes.T_BYTES) {
      return value.toStringType();
    }
    ByteChunk bytes = value.getByteChunk();
    return new String(bytes.getBuffer(), bytes.getStart(), bytes.getLength(), bytes.getCharset());
  }

  /** A watched name, as a string and as bytes. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Name(String text, byte[] ascii) {
    static Name of(String text) {
      return new Name(text, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Tells most names from others by one char in the middle; most are in lower case. */
    boolean is(ByteChunk bytes) {
      byte[] buffer = bytes.getBuffer();
      int start = bytes.getStart();
      int middle = ascii.length / 2;
      return ((ascii[middle] ^ buffer[start + middle]) & ~CASE) == 0
          && (Arrays.equals(ascii, 0, ascii.length, buffer, start, start + ascii.length)
              || bytes.equalsIgnoreCase(text));
    }
  }
}
