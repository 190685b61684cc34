// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** What was found at each URI, in formats for machines. */
final class ReportFiles {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

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

  /** Returns one object, or a list of them for several URIs; docs/check-report.schema.json. */
  String json() {
    JsonArray all = new JsonArray();
    entries.forEach(entry -> all.add(json(entry)));
    return GSON.toJson(all.size() == 1 ? all.get(0) : all);
  }

  private JsonObject json(Entry entry) {
    JsonObject json = new JsonObject();
    json.addProperty("schema", SCHEMA);
    json.addProperty("version", version);
    json.addProperty("uri", entry.uri());
    json.addProperty("status", entry.status());
    CheckReport report = entry.report();
    if (report == null) {
      json.addProperty("kept", false);
      json.addProperty("error", entry.error());
      return json;
    }
    json.addProperty("kept", report.isKept());
    json.addProperty("requests", report.facts().requests());
    json.addProperty("calls", report.facts().calls());
    json.addProperty("millis", report.facts().time().toMillis());
    JsonArray results = new JsonArray();
    report.results().forEach(result -> results.add(json(result)));
    json.add("results", results);
    json.add("notes", GSON.toJsonTree(report.notes()));
    return json;
  }

  private static JsonObject json(CheckResult result) {
    JsonObject json = new JsonObject();
    json.addProperty("rule", result.rule().id());
    json.addProperty("title", result.rule().title());
    json.addProperty("severity", name(result.rule().severity()));
    json.addProperty("outcome", name(result.outcome()));
    json.add("findings", GSON.toJsonTree(result.findings()));
    if (result.outcome() == CheckResult.Outcome.BROKEN) {
      json.addProperty("consequence", result.rule().consequence());
      json.addProperty("advice", result.rule().advice());
    }
    return json;
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Writes a test suite for each URI, and a test case for each rule. */
  void writeJUnit(Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
      xml.writeStartDocument();
      xml.writeStartElement("testsuites");
      for (Entry entry : entries) {
        suite(xml, entry);
      }
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException("cannot write " + file, e);
    }
  }

  private static void suite(XMLStreamWriter xml, Entry entry) throws XMLStreamException {
    CheckReport report = entry.report();
    List<CheckResult> results = report == null ? List.of() : report.results();
    start(xml, "testsuite", Map.of("name", entry.uri()));
    if (report == null) {
      start(xml, "testcase", Map.of("name", "check", "classname", entry.uri()));
      start(xml, "error", Map.of("message", shown(entry.error())));
      xml.writeEndElement();
      xml.writeEndElement();
    }
    for (CheckResult result : results) {
      start(xml, "testcase", Map.of("name", result.rule().title(), "classname", entry.uri()));
      if (result.outcome() != CheckResult.Outcome.KEPT) {
        boolean failed = isError(result);
        start(xml, failed ? "failure" : "skipped", Map.of("message", shown(result.toString())));
        xml.writeEndElement();
      }
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static boolean isError(CheckResult result) {
    return result.outcome() == CheckResult.Outcome.BROKEN && result.rule().severity().status() > 0;
  }

  private static void start(XMLStreamWriter xml, String name, Map<String, String> attributes)
      throws XMLStreamException {
    xml.writeStartElement(name);
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      xml.writeAttribute(attribute.getKey(), attribute.getValue());
    }
  }

  private static String shown(String text) {
    return text.replaceAll("[^\\t\\n\\x20-\\x7e]", "?");
  }

  /** Returns commands by which GitHub shows each broken rule beside the run. */
  List<String> annotations() {
    List<String> lines = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.report() == null) {
        lines.add(annotation("error", entry.uri(), entry.error()));
        continue;
      }
      for (CheckResult result : entry.report().results()) {
        if (result.outcome() == CheckResult.Outcome.BROKEN) {
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
