// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Reads and writes JSON. Threads may share it. */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Json() {}

  /** Writes an object; a record's components become keys in their order. */
  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e); // no record of the demo causes this
    }
  }

  /** Writes an object with one key. */
  public static byte[] write(String name, String value) {
    return write(Map.of(name, value));
  }

  /** Writes an object as one line of text. */
  public static String text(Object value) {
    return new String(write(value), UTF_8);
  }

  /**
   * Reads one value of a type.
   *
   * @throws IOException if this is not exactly one such value
   */
  public static <T> T read(byte[] json, TypeReference<T> type) throws IOException {
    return MAPPER.readValue(json, type);
  }

  /**
   * Reads one value.
   *
   * @throws IOException if this is not exactly one value
   */
  public static JsonNode read(byte[] json) throws IOException {
    JsonNode node = MAPPER.readTree(json);
    if (node.isMissingNode()) {
      throw new IOException("no JSON");
    }
    return node;
  }
}
