// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

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

/** JSON as the services and the story read and write it. */
final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Json() {}

  /** Writes a record's components in their order. */
  static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e); // none of our values can do this
    }
  }

  /** Writes a record as one line of text. */
  static String text(Object value) {
    return new String(write(value), UTF_8);
  }

  static byte[] write(String name, String value) {
    return write(Map.of(name, value));
  }

  /** Reads one value of a type. */
  static <T> T read(byte[] json, TypeReference<T> type) throws IOException {
    return MAPPER.readValue(json, type);
  }

  /** Reads one value. Nothing at all, or more than one, is an error. */
  static JsonNode read(byte[] json) throws IOException {
    JsonNode node = MAPPER.readTree(json);
    if (node.isMissingNode()) {
      throw new IOException("no JSON");
    }
    return node;
  }
}
