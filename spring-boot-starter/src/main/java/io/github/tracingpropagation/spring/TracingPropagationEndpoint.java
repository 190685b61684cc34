// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.EffectiveSetting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Shows at {@code /actuator/tracingpropagation} what is in force, which beans forward, and what
 * does not and why. It has no header's value, but names of hosts and beans: like any endpoint, the
 * application exposes it or not.
 */
@Endpoint(id = "tracingpropagation")
class TracingPropagationEndpoint {
  private static final String DEFAULT = "default";

  private final TracingPropagation propagation;
  private final TracingPropagationProperties properties;
  private final SettingOrigins origins;
  private final Inventory inventory;
  private final Refusals refusals;

  TracingPropagationEndpoint(
      TracingPropagation propagation,
      TracingPropagationProperties properties,
      SettingOrigins origins,
      Inventory inventory,
      Refusals refusals) {
    this.propagation = propagation;
    this.properties = properties;
    this.origins = origins;
    this.inventory = inventory;
    this.refusals = refusals;
  }

  /**
   * The answer.
   *
   * @param version of the library
   * @param settings by their keys
   * @param headers the names of the headers that are captured and forwarded
   * @param forwarding the names of the beans that forward, by their kind
   * @param notForwarding the beans that do not forward
   * @param refused what did not forward since the start, as the log has said once
   */
  record Report(
      String version,
      Map<String, SettingInForce> settings,
      Collection<String> headers,
      Map<String, List<String>> forwarding,
      List<Inventory.Entry> notForwarding,
      List<Refusals.Refusal> refused) {}

  /**
   * A setting.
   *
   * @param value as text
   * @param source where it was set
   */
  record SettingInForce(String value, String source) {}

  @ReadOperation
  Report report() {
    Map<String, List<String>> forwarding = new TreeMap<>();
    List<Inventory.Entry> others = new ArrayList<>();
    for (Inventory.Entry entry : inventory.entries()) {
      if (entry.forwards()) {
        forwarding.computeIfAbsent(entry.kind(), kind -> new ArrayList<>()).add(entry.bean());
      } else {
        others.add(entry);
      }
    }
    return new Report(
        version(), settings(), propagation.fields(), forwarding, others, refusals.all());
  }

  private Map<String, SettingInForce> settings() {
    Map<String, SettingInForce> all = new LinkedHashMap<>();
    for (EffectiveSetting setting : propagation.settings()) {
      String key = setting.setting().key();
      // A bean of the application may not have read the properties.
      String origin = properties.text(key) == null ? null : origins.of(key);
      boolean isProperty = setting.source().equals(EffectiveSetting.WHERE_REGISTERED);
      all.put(
          key,
          new SettingInForce(
              setting.value() + setting.exception(),
              isProperty && origin != null ? origin : setting.source()));
    }
    properties
        .switches()
        .forEach(
            (key, on) ->
                all.put(
                    key,
                    new SettingInForce(
                        Boolean.toString(on),
                        Objects.requireNonNullElse(origins.of(key), DEFAULT))));
    return all;
  }

  private static String version() {
    return Objects.requireNonNullElse(
        TracingPropagation.class.getPackage().getImplementationVersion(), "unknown");
  }
}
