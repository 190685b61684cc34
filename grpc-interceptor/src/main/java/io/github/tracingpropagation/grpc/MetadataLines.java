// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import io.github.tracingpropagation.adapter.InboundHeaders;
import io.grpc.InternalMetadata;
import io.grpc.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over the lines of a call, which gRPC holds as bytes: names are compared as bytes, so
 * that only captured values become strings. {@code Metadata.keys} would copy all names, and each
 * {@code Metadata.getAll} compares all of them.
 */
final class MetadataLines implements InboundHeaders {
  /**
   * Whether this release of gRPC has the method that transports outside of it use; if not, {@link
   * InboundMetadata} reads.
   */
  static final boolean AVAILABLE = isAvailable();

  private final @Nullable Name[] names;

  /** Name, value, name, value, … */
  private final byte[][] lines;

  private int line = -2;
  private String name = "";

  /**
   * @param names the names to capture
   */
  MetadataLines(Metadata metadata, @Nullable Name[] names) {
    this.names = names;
    lines = InternalMetadata.serialize(metadata);
  }

  private static boolean isAvailable() {
    try {
      return InternalMetadata.serialize(new Metadata()).length == 0;
    } catch (LinkageError e) {
      return false;
    }
  }

  /** A name to capture as a string and as bytes, and the next one of the same length. */
  @SuppressWarnings("ArrayRecordComponent") // equals is not used
  record Name(String text, byte[] ascii, @Nullable Name next) {

    /** Returns the first name of each length. */
    static @Nullable Name[] byLength(Collection<String> names) {
      int longest = names.stream().mapToInt(String::length).max().orElse(0);
      @Nullable Name[] byLength = new Name[longest + 1];
      for (String name : names) {
        byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
        byLength[ascii.length] = new Name(name, ascii, byLength[ascii.length]);
      }
      return byLength;
    }
  }

  @Override
  public boolean next() {
    while ((line += 2) < lines.length) {
      byte[] ascii = lines[line];
      Name captured = ascii.length < names.length ? names[ascii.length] : null;
      while (captured != null && !Arrays.equals(captured.ascii, ascii)) {
        captured = captured.next;
      }
      if (captured != null) {
        name = captured.text;
        return true;
      }
    }
    return false;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String value() {
    byte[] value = lines[line + 1];
    return name.endsWith(Metadata.BINARY_HEADER_SUFFIX)
        ? HeaderKeys.BASE64.parseBytes(value)
        : new String(value, StandardCharsets.US_ASCII);
  }
}
