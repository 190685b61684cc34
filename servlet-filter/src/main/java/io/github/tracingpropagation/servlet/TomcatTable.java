// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

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

  /** As many as a char has values without the bits that tell letters from their capitals. */
  private static final int SLOTS_OF_A_LENGTH = 0x20;

  /**
   * Constant, or it would cost as much as three look-ups; where Tomcat does not let us in, null.
   */
  private static final @Nullable VarHandle BEHIND_FACADE = behindFacade();

  private final MimeHeaders fields;

  /** The watched names, each in its slot. */
  private final @Nullable Name[] names;

  private TomcatTable(MimeHeaders fields, @Nullable Name[] names) {
    super(fields.size());
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
    int longest = watched.stream().mapToInt(String::length).max().orElse(0);
    @Nullable Name[] names = new Name[(longest + 1) * SLOTS_OF_A_LENGTH];
    for (String text : watched) {
      byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
      int slot = slot(ascii, 0, ascii.length);
      names[slot] = new Name(text, ascii, names[slot]);
    }
    return request -> {
      if (BEHIND_FACADE == null) {
        return null;
      }
      Request inner = (Request) BEHIND_FACADE.get((RequestFacade) request);
      return new TomcatTable(inner.getCoyoteRequest().getMimeHeaders(), names);
    };
  }

  @Override
  String name(int line) {
    MessageBytes name = fields.getName(line);
    if (name.getType() != MessageBytes.T_BYTES) {
      return name.toStringType();
    }
    ByteChunk bytes = name.getByteChunk();
    int slot = slot(bytes.getBuffer(), bytes.getStart(), bytes.getLength());
    Name watched = slot < names.length ? names[slot] : null;
    while (watched != null && !watched.is(bytes)) {
      watched = watched.next;
    }
    return watched == null ? "" : watched.text;
  }

  /** Tells most names from others by their length and the char in the middle, in either case. */
  private static int slot(byte[] name, int start, int length) {
    return length * SLOTS_OF_A_LENGTH + (name[start + length / 2] & (SLOTS_OF_A_LENGTH - 1));
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

  /** A watched name, as a string and as bytes, and the next one in its slot. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Name(String text, byte[] ascii, @Nullable Name next) {

    /** Most names arrive in lower case. */
    boolean is(ByteChunk bytes) {
      int start = bytes.getStart();
      return Arrays.equals(ascii, 0, ascii.length, bytes.getBuffer(), start, bytes.getEnd())
          || bytes.equalsIgnoreCase(text);
    }
  }
}
