// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Locale;

/** Writes a report as JSON. */
final class ReportJson {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private ReportJson() {}

  static String of(CheckReport report) {
    JsonArray results = new JsonArray();
    report.results().forEach(result -> results.add(of(result)));
    JsonObject json = new JsonObject();
    json.addProperty("kept", report.isKept());
    json.add("results", results);
    json.add("notes", GSON.toJsonTree(report.notes()));
    return GSON.toJson(json);
  }

  private static JsonObject of(CheckResult result) {
    JsonObject json = new JsonObject();
    json.addProperty("rule", name(result.rule()));
    json.addProperty("title", result.rule().title());
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
}
