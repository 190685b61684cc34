// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.PropagationCase;
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
 * An inbound request, how it is captured and where it is forwarded, made from any bytes at all.
 *
 * <p>Three bytes are settings: flags, providers, length limit. The rest is lines: {@code
 * name:value} arrives, {@code +name} is an additional header to forward, {@code -name} is in the
 * outgoing request already. A byte is a char, as on the wire, but {@code 0xff} makes one char of
 * the two bytes after it, so that any char, half a surrogate pair too, can stand anywhere.
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
  private static final int LISTS_NAMES = 4;
  private static final int TELLS_REPEATS = 8;
  private static final int NO_LIMIT = 255;

  /** A header line; a careless carrier may have one without a value. */
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
            (settings[0] & LISTS_NAMES) != 0,
            (settings[0] & TELLS_REPEATS) != 0 && HeaderLines.GETTERS_HAVE_ALL));
  }

  /** Writes a row of the propagation table as the bytes that make its request. */
  static byte[] bytes(PropagationCase row) {
    int flags = ANY_HOST | TO_RATINGS | LISTS_NAMES | TELLS_REPEATS;
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

  /** Captures as from a container's own table, which yields line by line. */
  CapturedHeaders captureLines() {
    return capture(new Fields(lines.stream().map(List::of).toList()));
  }

  /** Captures as through an API that yields each name once, in whatever case, with its values. */
  CapturedHeaders captureNames() {
    Map<String, List<Line>> names = new LinkedHashMap<>();
    lines.forEach(line -> names.computeIfAbsent(line.lowerCase, k -> new ArrayList<>()).add(line));
    return capture(new Fields(List.copyOf(names.values())));
  }

  private CapturedHeaders capture(InboundHeaders fields) {
    return CapturedHeaders.from(propagation.extract(Context.root(), fields));
  }

  /** Returns the values of a header that the carrier tells, in order. */
  List<String> arrived(String name) {
    List<String> values = new ArrayList<>();
    getter.getAll(lines, name).forEachRemaining(values::add);
    values.removeIf(value -> value == null || value.isBlank());
    return values;
  }

  /** Whether the outgoing request has a header already. */
  boolean has(String name) {
    return present.stream().anyMatch(other -> lowerCase(other).equals(name));
  }

  /** As names are compared in HTTP; {@link String#equalsIgnoreCase} knows the case of any char. */
  static String lowerCase(String name) {
    StringBuilder lower = new StringBuilder(name);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      lower.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c);
    }
    return lower.toString();
  }

  /** Leaves out a name that cannot be configured: whatever can be has to be safe. */
  private static void addHeader(TracingPropagationBuilder builder, String name, boolean anyHost) {
    try {
      TracingPropagation.builder()
          .forwardTo(anyHost ? Destinations.any() : Destinations.hosts("ratings"))
          .additionalHeaders(name)
          .build();
      builder.additionalHeaders(name);
    } catch (IllegalArgumentException refused) {
      // a bad name, or one name too many
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

  /** Fields of one or more lines each. */
  private static final class Fields implements InboundHeaders {
    private final Iterator<List<Line>> fields;
    private List<Line> field = List.of();

    Fields(List<List<Line>> fields) {
      this.fields = fields.iterator();
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
    public Iterator<@Nullable String> values() {
      return field.stream().<@Nullable String>map(Line::value).iterator();
    }
  }

  /** Of what OpenTelemetry makes optional, each with and without. */
  record Getter(boolean listsNames, boolean tellsRepeats) implements TextMapGetter<List<Line>> {
    @Override
    @SuppressWarnings("deprecation")
    public Iterable<String> keys(List<Line> lines) {
      return listsNames ? lines.stream().map(Line::name).toList() : List.of();
    }

    @Override
    public @Nullable String get(@Nullable List<Line> lines, String name) {
      return values(lines, name).stream().filter(Objects::nonNull).findFirst().orElse(null);
    }

    @SuppressWarnings("MissingOverride") // only since OpenTelemetry's API 1.50
    public Iterator<String> getAll(@Nullable List<Line> lines, String name) {
      String first = get(lines, name);
      return tellsRepeats
          ? values(lines, name).iterator()
          : first == null ? Collections.emptyIterator() : List.of(first).iterator();
    }

    @SuppressWarnings("NullAway") // as careless as a carrier can be
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
