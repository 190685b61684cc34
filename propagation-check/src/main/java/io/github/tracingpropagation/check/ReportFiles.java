// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import com.google.common.xml.XmlEscapers;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was found at each URI, in formats for machines. */
final class ReportFiles {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private static final Set<CheckResult.Outcome> BESIDE_THE_RUN =
      EnumSet.of(CheckResult.Outcome.BROKEN, CheckResult.Outcome.NOT_CHECKED);

  /** Rises when a field is removed or changes its meaning. */
  private static final int SCHEMA = 1;

  private final String version;
  private final List<Entry> entries = new ArrayList<>();

  /** A report, or why there is none. */
  private record Entry(String uri, int status, @Nullable CheckReport report, String error) {}

  ReportFiles(String version) {
    this.version = version;
  }

  void add(String uri, int status, CheckReport report) {
    entries.add(new Entry(uri, status, report, ""));
  }

  void add(String uri, int status, String error) {
    entries.add(new Entry(uri, status, null, error));
  }

  /** As docs/check-report.schema.json has it; what is null is left out. */
  private record Json(
      int schema,
      String version,
      String uri,
      int status,
      boolean kept,
      @Nullable String error,
      @Nullable Integer requests,
      @Nullable Integer calls,
      @Nullable Long millis,
      @Nullable List<JsonResult> results,
      @Nullable List<String> notes) {}

  private record JsonResult(
      String rule,
      String title,
      String severity,
      String outcome,
      List<String> findings,
      @Nullable String consequence,
      @Nullable String advice) {}

  /** Returns one object, or a list of them for several URIs. */
  String json() {
    List<Json> all = entries.stream().map(this::json).toList();
    return GSON.toJson(all.size() == 1 ? all.get(0) : all);
  }

  private Json json(Entry entry) {
    CheckReport report = entry.report();
    return new Json(
        SCHEMA,
        version,
        entry.uri(),
        entry.status(),
        report != null && report.isKept(),
        report == null ? entry.error() : null,
        report == null ? null : report.facts().requests(),
        report == null ? null : report.facts().calls(),
        report == null ? null : report.facts().time().toMillis(),
        report == null ? null : report.results().stream().map(ReportFiles::json).toList(),
        report == null ? null : report.notes());
  }

  private static JsonResult json(CheckResult result) {
    Rule rule = result.rule();
    boolean broken = result.outcome() == CheckResult.Outcome.BROKEN;
    return new JsonResult(
        rule.id(),
        rule.title(),
        name(rule.severity()),
        name(result.outcome()),
        result.findings(),
        broken ? rule.consequence() : null,
        broken ? rule.advice() : null);
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns a test suite for each URI, and a test case for each rule, as JUnit has them. */
  String junit() {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n<testsuites>\n");
    for (Entry entry : entries) {
      xml.append(element("testsuite name='%s'", entry.uri()));
      if (entry.report() == null) {
        xml.append(testCase(entry, "check", element("error message='%s'/", entry.error())));
      } else {
        for (CheckResult result : entry.report().results()) {
          String element = (isError(result) ? "failure" : "skipped") + " message='%s'/";
          boolean kept = result.outcome() == CheckResult.Outcome.KEPT;
          String outcome = kept ? "" : element(element, result.toString());
          xml.append(testCase(entry, result.rule().title(), outcome));
        }
      }
      xml.append("</testsuite>\n");
    }
    return xml.append("</testsuites>\n").toString();
  }

  private static String testCase(Entry entry, String name, String outcome) {
    String start = element("testcase classname='%s' name='%s'", entry.uri(), name);
    return start + outcome + "</testcase>\n";
  }

  private static String element(String format, String... attributes) {
    Object[] escaped =
        Stream.of(attributes).map(XmlEscapers.xmlAttributeEscaper()::escape).toArray();
    return "<" + format.formatted(escaped) + ">\n";
  }

  private static boolean isError(CheckResult result) {
    return result.outcome() == CheckResult.Outcome.BROKEN && result.rule().severity().status() > 0;
  }

  /** Returns commands by which GitHub shows each rule that is broken, or was not checked. */
  List<String> annotations() {
    List<String> lines = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.report() == null) {
        lines.add(annotation("error", entry.uri(), entry.error()));
        continue;
      }
      for (CheckResult result : entry.report().results()) {
        if (BESIDE_THE_RUN.contains(result.outcome())) {
          String level = isError(result) ? "error" : "warning";
          lines.add(
              annotation(
                  level, entry.uri() + ": " + result.rule().title(), result.findings().get(0)));
        }
      }
    }
    return lines;
  }

  private static String annotation(String level, String title, String text) {
    String escaped = title.replace("%", "%25").replace(":", "%3A").replace(",", "%2C");
    return "::" + level + " title=" + escaped + "::" + text.replace("%", "%25").replace("\n", " ");
  }
}
