// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import org.apache.catalina.connector.Request;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.MimeHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Reads Tomcat's {@link MimeHeaders}, which hold each name and value as bytes until the string is
 * requested. Names are compared as bytes, so that only captured values become strings.
 */
final class TomcatHeaders extends ContainerHeaders {
  /** The low five bits of an ASCII letter, which are the same in upper and lower case. */
  private static final int BUCKETS_PER_LENGTH = 0x20;

  private final MimeHeaders headers;

  /** Case-insensitive hash table of the captured names. */
  private final @Nullable Name[] buckets;

  private TomcatHeaders(MimeHeaders headers, @Nullable Name[] buckets) {
    super(headers.size());
    this.headers = headers;
    this.buckets = buckets;
  }

  /**
   * Returns a factory for requests of class {@link TomcatRequest#FACADE}.
   *
   * @param names the names to capture, in lower case
   */
  static Factory factory(Collection<String> names) {
    int longest = names.stream().mapToInt(String::length).max().orElse(0);
    @Nullable Name[] buckets = new Name[(longest + 1) * BUCKETS_PER_LENGTH];
    for (String name : names) {
      byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
      int bucket = bucket(ascii, 0, ascii.length);
      buckets[bucket] = new Name(name, ascii, buckets[bucket]);
    }
    return facade -> {
      Request request = TomcatRequest.behind(facade);
      return request == null
          ? null
          : new TomcatHeaders(request.getCoyoteRequest().getMimeHeaders(), buckets);
    };
  }

  @Override
  String name(int index) {
    MessageBytes name = headers.getName(index);
    if (name.getType() != MessageBytes.T_BYTES) {
      return name.toStringType();
    }
    ByteChunk bytes = name.getByteChunk();
    int bucket = bucket(bytes.getBuffer(), bytes.getStart(), bytes.getLength());
    Name captured = bucket < buckets.length ? buckets[bucket] : null;
    while (captured != null && !captured.matches(bytes)) {
      captured = captured.next;
    }
    return captured == null ? NOT_CAPTURED : captured.text;
  }

  /** Hash of the length and the middle character, in either case. Names may collide. */
  private static int bucket(byte[] name, int start, int length) {
    return length * BUCKETS_PER_LENGTH + (name[start + length / 2] & (BUCKETS_PER_LENGTH - 1));
  }

  /** Decodes as {@link MessageBytes#toStringType} does, without the buffers that it allocates. */
  @Override
  String value(int index) {
    MessageBytes value = headers.getValue(index);
    if (value.getType() != MessageBytes.T_BYTES) {
      return value.toStringType();
    }
    ByteChunk bytes = value.getByteChunk();
    return new String(bytes.getBuffer(), bytes.getStart(), bytes.getLength(), bytes.getCharset());
  }

  /** A captured name as a string and as bytes, and the next one in its bucket. */
  @SuppressWarnings("ArrayRecordComponent") // equals is not used
  private record Name(String text, byte[] ascii, @Nullable Name next) {

    /** Compares the exact bytes first, since most names arrive in lower case. */
    boolean matches(ByteChunk bytes) {
      int start = bytes.getStart();
      return Arrays.equals(ascii, 0, ascii.length, bytes.getBuffer(), start, bytes.getEnd())
          || bytes.equalsIgnoreCase(text);
    }
  }
}
