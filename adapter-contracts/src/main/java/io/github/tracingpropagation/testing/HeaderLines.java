// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.InboundHeaders;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Headers written as {@code name: value} lines, as they are on the wire. */
public final class HeaderLines {
  /** Whether the OpenTelemetry API at run time has {@code TextMapGetter.getAll} (since 1.50). */
  public static final boolean GETTERS_HAVE_ALL =
      Stream.of(TextMapGetter.class.getMethods()).anyMatch(it -> it.getName().equals("getAll"));

  private static final TextMapGetter<List<String>> GETTER = new Getter();

  private HeaderLines() {}

  /** Returns a getter for lines. */
  public static TextMapGetter<List<String>> getter() {
    return GETTER;
  }

  /** Returns a line with the name in lower case. */
  public static String line(String name, String value) {
    return name.toLowerCase(Locale.ROOT) + ": " + value;
  }

  /** Returns the root context with the headers captured from the lines. */
  public static Context extract(TracingPropagation propagation, List<String> lines) {
    return Context.root().with(propagation.capture(fields(lines)));
  }

  /** Returns a carrier that iterates over lines, as a container's internal header table. */
  public static InboundHeaders fields(List<String> lines) {
    return new Fields(lines, true);
  }

  /** Returns a carrier that iterates over names, here once for each line. */
  public static InboundHeaders names(List<String> lines) {
    return new Fields(lines, false);
  }

  /** Returns the root context with the headers captured from the lines. */
  public static Context extract(TextMapPropagator propagator, List<String> lines) {
    return extract(propagator, Context.root(), lines);
  }

  /** Returns the context with the headers captured from the lines. */
  public static Context extract(TextMapPropagator propagator, Context context, List<String> lines) {
    return propagator.extract(context, lines, GETTER);
  }

  /** Returns the snapshot of the lines, captured with the defaults. */
  public static CapturedHeaders captured(String... lines) {
    return TracingPropagation.create().capture(fields(List.of(lines)));
  }

  /** Returns the lines that are forwarded to a request without headers, to any host. */
  public static List<String> inject(TracingPropagation propagation, Context context) {
    return inject(propagation.propagator(), context);
  }

  /** Returns the lines that are forwarded to a request without headers, to any host. */
  public static List<String> inject(TextMapPropagator propagator, Context context) {
    List<String> lines = new ArrayList<>();
    propagator.inject(context, lines, (to, name, value) -> lines.add(name + ": " + value));
    return lines;
  }

  /** Returns the lines that are forwarded from the current context, as a response body. */
  public static String current(TracingPropagation propagation) {
    return String.join("\n", inject(propagation, Context.current()));
  }

  /** Returns the lines of a map, names in lower case. */
  public static List<String> of(Map<String, String> headers) {
    return headers.entrySet().stream()
        .map(header -> line(header.getKey(), header.getValue()))
        .toList();
  }

  /** Returns the name of a line. */
  public static String name(String line) {
    return line.substring(0, line.indexOf(':'));
  }

  /** Returns the value of a line. */
  public static String value(String line) {
    return line.substring(line.indexOf(':') + 1).strip();
  }

  private static Stream<String> valuesOf(List<String> lines, String name) {
    return lines.stream().filter(line -> name(line).equalsIgnoreCase(name)).map(HeaderLines::value);
  }

  private static final class Fields implements InboundHeaders {
    private final List<String> lines;
    private final boolean areLines;
    private int next;

    Fields(List<String> lines, boolean areLines) {
      this.lines = lines;
      this.areLines = areLines;
    }

    @Override
    public boolean next() {
      return next++ < lines.size();
    }

    @Override
    public String name() {
      return HeaderLines.name(lines.get(next - 1));
    }

    @Override
    public String value() {
      return HeaderLines.value(lines.get(next - 1));
    }

    @Override
    public @Nullable Iterator<@Nullable String> values() {
      return areLines
          ? null
          : valuesOf(lines, name()).<@Nullable String>map(value -> value).iterator();
    }
  }

  private static final class Getter implements TextMapGetter<List<String>> {
    @Override
    @SuppressWarnings("deprecation")
    public Iterable<String> keys(List<String> lines) {
      return lines.stream().map(HeaderLines::name).toList();
    }

    @Override
    public @Nullable String get(@Nullable List<String> lines, String name) {
      Iterator<String> values = getAll(lines, name);
      return values.hasNext() ? values.next() : null;
    }

    @SuppressWarnings({
      "MissingOverride",
      "EffectivelyPrivate"
    }) // only since OpenTelemetry's API 1.50
    public Iterator<String> getAll(@Nullable List<String> lines, String name) {
      return valuesOf(lines == null ? List.of() : lines, name).iterator();
    }
  }
}
