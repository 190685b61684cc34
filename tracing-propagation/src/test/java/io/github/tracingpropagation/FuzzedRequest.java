// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.tracingpropagation.adapter.InboundHeaders;
import io.github.tracingpropagation.check.PropagationCase;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes arbitrary bytes into a configuration, an inbound request and an outgoing request.
 *
 * <p>The first three bytes are settings: flags, providers, length limit. The rest are lines: {@code
 * name:value} is an inbound header, {@code +name} an additional header to forward, {@code -name} a
 * header that the outgoing request already has. Each byte is a char (ISO 8859-1), except that
 * {@code 0xff} and the two bytes after it encode one UTF-16 char, so that any char can occur
 * anywhere.
 */
record FuzzedRequest(
    TracingPropagation propagation,
    int maxValueLength,
    boolean allowed,
    URI destination,
    List<String> present,
    List<Line> lines,
    Getter getter) {

  private static final List<TracingProvider> PROVIDERS = List.of(TracingProvider.values());
  private static final int ANY_HOST = 1;
  private static final int TO_RATINGS = 2;
  private static final int HAS_KEYS = 4;
  private static final int HAS_GET_ALL = 8;
  private static final int NO_LIMIT = 255;

  /** A header line; the value is null if the carrier returns null. */
  record Line(String name, String lowerCase, @Nullable String value) {
    Line(String name, @Nullable String value) {
      this(name, FuzzedRequest.lowerCase(name), value);
    }
  }

  static FuzzedRequest of(byte[] bytes) {
    byte[] settings = Arrays.copyOf(bytes, 3);
    String text = new String(bytes, ISO_8859_1).substring(Math.min(3, bytes.length));
    boolean anyHost = (settings[0] & ANY_HOST) != 0;
    boolean toRatings = (settings[0] & TO_RATINGS) != 0;
    int limit = settings[2] & 0xff;

    TracingPropagationBuilder builder = TracingPropagation.builder();
    builder.forwardTo(anyHost ? Destinations.any() : Destinations.hosts("ratings"));
    builder.providers(
        IntStream.range(0, PROVIDERS.size())
            .filter(bit -> (settings[1] >> bit & 1) != 0)
            .mapToObj(PROVIDERS::get)
            .toArray(TracingProvider[]::new));
    int maxValueLength = limit == NO_LIMIT ? 4096 : limit + 1;
    builder.maxValueLength(maxValueLength);
    List<String> present = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      int colon = line.indexOf(':');
      if (line.startsWith("+")) {
        addHeader(builder, unescaped(line.substring(1)), anyHost);
      } else if (line.startsWith("-")) {
        present.add(unescaped(line.substring(1)));
      } else if (colon < 0) {
        lines.add(new Line(unescaped(line), null));
      } else {
        lines.add(
            new Line(unescaped(line.substring(0, colon)), unescaped(line.substring(colon + 1))));
      }
    }
    return new FuzzedRequest(
        builder.build(),
        maxValueLength,
        anyHost || toRatings,
        URI.create(toRatings ? "http://ratings:9080/" : "https://example.com/"),
        present,
        lines,
        new Getter(
            (settings[0] & HAS_KEYS) != 0,
            (settings[0] & HAS_GET_ALL) != 0 && HeaderLines.GETTERS_HAVE_ALL));
  }

  /** Encodes a row of the propagation table as bytes. */
  static byte[] bytes(PropagationCase row) {
    int flags = ANY_HOST | TO_RATINGS | HAS_KEYS | HAS_GET_ALL;
    StringBuilder text = new StringBuilder().append((char) flags).append("\u00ff\u00ff");
    row.in()
        .forEach(
            line ->
                text.append(HeaderLines.name(line))
                    .append(':')
                    .append(HeaderLines.value(line))
                    .append('\n'));
    return text.toString().getBytes(ISO_8859_1);
  }

  Context extract(List<Line> from) {
    return propagation.extract(Context.root(), from, getter);
  }

  /** Captures with a carrier that iterates over lines. */
  CapturedHeaders captureLines() {
    return capture(new Fields(lines.stream().map(List::of).toList(), true));
  }

  /** Captures with a carrier that iterates over names, each once, with all of its values. */
  CapturedHeaders captureNames() {
    Map<String, List<Line>> names = new LinkedHashMap<>();
    lines.forEach(line -> names.computeIfAbsent(line.lowerCase, k -> new ArrayList<>()).add(line));
    return capture(new Fields(List.copyOf(names.values()), false));
  }

  private CapturedHeaders capture(InboundHeaders fields) {
    return propagation.capture(fields);
  }

  /** Returns the values of a header that the getter returns, in order. */
  List<String> arrived(String name) {
    List<String> values = new ArrayList<>();
    getter.getAll(lines, name).forEachRemaining(values::add);
    values.removeIf(value -> value == null || value.isBlank());
    return values;
  }

  /** Returns whether the outgoing request already has a header. */
  boolean has(String name) {
    return present.stream().anyMatch(other -> lowerCase(other).equals(name));
  }

  /** Lower-cases ASCII only, as HTTP does; {@link String#toLowerCase} also maps other chars. */
  static String lowerCase(String name) {
    StringBuilder lower = new StringBuilder(name);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      lower.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c);
    }
    return lower.toString();
  }

  /** Adds a header, or ignores a name that the configuration rejects. */
  private static void addHeader(TracingPropagationBuilder builder, String name, boolean anyHost) {
    try {
      TracingPropagation.builder()
          .forwardTo(anyHost ? Destinations.any() : Destinations.hosts("ratings"))
          .additionalHeaders(name)
          .build();
      builder.additionalHeaders(name);
    } catch (IllegalArgumentException rejected) {
      // an invalid name, or one name too many
    }
  }

  private static String unescaped(String text) {
    StringBuilder chars = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\u00ff' && i + 2 < text.length()) {
        c = (char) (text.charAt(++i) << 8 | text.charAt(++i));
      }
      chars.append(c);
    }
    return chars.toString();
  }

  /** A carrier whose fields have one or more lines each. */
  private static final class Fields implements InboundHeaders {
    private final Iterator<List<Line>> fields;
    private List<Line> field = List.of();

    private final boolean areLines;

    Fields(List<List<Line>> fields, boolean areLines) {
      this.fields = fields.iterator();
      this.areLines = areLines;
    }

    @Override
    public boolean next() {
      boolean more = fields.hasNext();
      field = more ? fields.next() : field;
      return more;
    }

    @Override
    public String name() {
      return field.get(0).name;
    }

    @Override
    public @Nullable String value() {
      return field.stream().map(Line::value).filter(Objects::nonNull).findFirst().orElse(null);
    }

    @Override
    public @Nullable Iterator<@Nullable String> values() {
      return areLines ? null : field.stream().<@Nullable String>map(Line::value).iterator();
    }
  }

  /** A getter with and without each feature that OpenTelemetry makes optional. */
  record Getter(boolean hasKeys, boolean hasGetAll) implements TextMapGetter<List<Line>> {
    @Override
    @SuppressWarnings("deprecation")
    public Iterable<String> keys(List<Line> lines) {
      return hasKeys ? lines.stream().map(Line::name).toList() : List.of();
    }

    @Override
    public @Nullable String get(@Nullable List<Line> lines, String name) {
      return values(lines, name).stream().filter(Objects::nonNull).findFirst().orElse(null);
    }

    @SuppressWarnings("MissingOverride") // only since OpenTelemetry's API 1.50
    public Iterator<String> getAll(@Nullable List<Line> lines, String name) {
      String first = get(lines, name);
      return hasGetAll
          ? values(lines, name).iterator()
          : first == null ? Collections.emptyIterator() : List.of(first).iterator();
    }

    @SuppressWarnings("NullAway") // a carrier may return null values
    private static List<String> values(@Nullable List<Line> lines, String name) {
      String lowerCase = lowerCase(name);
      List<String> values = new ArrayList<>();
      for (Line line : lines) {
        if (line.lowerCase.equals(lowerCase)) {
          values.add(line.value);
        }
      }
      return values;
    }
  }
}
