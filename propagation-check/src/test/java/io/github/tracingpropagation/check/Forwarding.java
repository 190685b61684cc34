// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a right service forwards. The check itself knows only the table of rows. */
final class Forwarding {
  private static final String ID = "(?!0+(?![0-9a-fA-F]))[0-9a-fA-F]{16}(?:[0-9a-fA-F]{16})?";
  private static final String ID64 = "(?!0{16})[0-9a-fA-F]{16}";
  private static final Map<String, String> PATTERNS =
      Map.ofEntries(
          entry("b3", "[01d]|" + ID + "-" + ID64 + "(?:-[01d](?:-[0-9a-fA-F]{16})?)?"),
          entry("x-b3-traceid", ID),
          entry("x-b3-spanid", ID64),
          entry("x-b3-parentspanid", "[0-9a-fA-F]{16}"),
          entry("x-b3-sampled", "(?i)[01]|true|false"),
          entry("x-b3-flags", "[0-9]{1,20}"),
          entry("x-datadog-trace-id", "[0-9]{1,20}"),
          entry("x-datadog-parent-id", "[0-9]{1,20}"),
          entry("x-datadog-sampling-priority", "-?[0-9]{1,20}"),
          entry("grpc-trace-bin", "(?:[\\w+/]{4})*(?:[\\w+/]{2,3}|[\\w+/]{2}==|[\\w+/]{3}=)?"),
          entry(
              "traceparent",
              "(?!ff)(?:00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}"
                  + "|(?!00)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}"
                  + "(?:-.*)?)"));
  private static final Map<String, String> REQUIRED =
      Map.of(
          "x-b3-traceid", "x-b3-spanid",
          "x-b3-spanid", "x-b3-traceid",
          "x-b3-parentspanid", "x-b3-traceid",
          "tracestate", "traceparent",
          "x-datadog-parent-id", "x-datadog-trace-id");

  private Forwarding() {}

  /** Returns the lines for the outbound call. */
  static List<String> right(List<String> in) {
    Map<String, String> out = new LinkedHashMap<>();
    for (Family family : Family.values()) {
      for (String name : family.headers()) {
        String value = value(name, values(in, name));
        if (value.matches("[\\t\\x20-\\x7e]{1,4096}")
            && Pattern.matches(PATTERNS.getOrDefault(name, "(?s).*"), value)) {
          out.put(name, value);
        }
      }
    }
    Map<String, String> all = Map.copyOf(out);
    out.keySet().removeIf(name -> !all.containsKey(REQUIRED.getOrDefault(name, name)));
    if (!out.containsKey("x-b3-traceid")) {
      out.remove("x-b3-parentspanid");
    }
    return lines(out);
  }

  private static String value(String name, List<String> values) {
    if (values.isEmpty() || (name.equals("traceparent") && values.size() > 1)) {
      return "";
    }
    return name.equals("tracestate") ? String.join(",", values) : values.get(0);
  }

  /** Returns the values of a header that are not blank. */
  static List<String> values(List<String> in, String name) {
    return in.stream()
        .filter(line -> HeaderLine.name(line).equals(name))
        .map(line -> HeaderLine.value(line, name))
        .filter(value -> !value.isEmpty())
        .toList();
  }

  static List<String> lines(Map<String, String> headers) {
    List<String> lines = new ArrayList<>();
    headers.forEach((name, value) -> lines.add(name + ": " + value));
    return lines;
  }

  /** Returns the lines without those of a header. */
  static List<String> without(List<String> lines, String name) {
    return lines.stream().filter(line -> !HeaderLine.name(line).equals(name)).toList();
  }

  /** Returns what a right service forwards, and another header. */
  static List<String> rightAnd(List<String> in, String name) {
    List<String> out = new ArrayList<>(right(in));
    values(in, name).forEach(value -> out.add(name + ": " + value));
    return out;
  }
}
