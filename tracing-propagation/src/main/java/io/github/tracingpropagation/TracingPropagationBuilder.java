// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.adapter.EffectiveSetting;
import io.github.tracingpropagation.adapter.InvalidSettingException;
import io.github.tracingpropagation.adapter.Setting;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builder of a {@link TracingPropagation}. Not thread-safe. */
public final class TracingPropagationBuilder {
  private static final int DEFAULT_MAX_VALUE_LENGTH = 4_096;
  private static final int LARGEST_MAX_VALUE_LENGTH = 65_536;

  private static final List<TracingProvider> ALL = List.of(TracingProvider.values());
  private static final String CODE = "code";
  private static final String DEFAULT = "default";

  /** Null for the default: every provider, without the families that an agent writes. */
  private @Nullable Set<TracingProvider> providers;

  private final Set<String> additional = new LinkedHashSet<>();
  private Destinations destinations = Destinations.any();
  private int maxValueLength = DEFAULT_MAX_VALUE_LENGTH;

  /** The source of each setting that is not the default. */
  private final Map<Setting, String> setBy = new EnumMap<>(Setting.class);

  TracingPropagationBuilder() {}

  /**
   * Sets the providers whose headers are forwarded; {@code x-request-id} always is. The default is
   * every provider, without the header families that a known agent in this JVM writes
   * (OpenTelemetry and its distributions, Datadog, New Relic, Elastic, SkyWalking): the agent
   * forwards that trace, and a second writer would mix two. Providers that are set here are
   * forwarded with an agent, too.
   *
   * @param providers the providers; none for only {@code x-request-id} and the additional headers
   * @return this
   */
  public TracingPropagationBuilder providers(TracingProvider... providers) {
    this.providers = new LinkedHashSet<>(Arrays.asList(providers));
    return setBy(Setting.PROVIDERS, CODE);
  }

  /**
   * Adds headers to forward, at most 41 (a header is one bit of 64, and 23 are known). Their values
   * are opaque, but must be printable ASCII. The lines of {@code baggage} are joined; of any other
   * header the first line is used. The name of a known tracing header adds its whole family.
   *
   * @param names header names in any case, in addition to those of earlier calls
   * @return this
   * @throws InvalidSettingException if there are more than 41 different names with those of earlier
   *     calls, if a name is not a valid header name, or if the header belongs to one message or
   *     connection, such as {@code content-length}, {@code host}, {@code if-match} and {@code
   *     grpc-timeout}
   */
  public TracingPropagationBuilder additionalHeaders(String... names) {
    Set<String> all = new LinkedHashSet<>(additional);
    for (String name : names) {
      all.add(HeaderNames.validate(name));
    }
    if (all.size() > HeaderTable.MAX_ADDITIONAL) {
      throw new InvalidSettingException(
          "additionalHeaders",
          null,
          String.join(",", all),
          all.size() + " names; allowed: at most " + HeaderTable.MAX_ADDITIONAL);
    }
    additional.addAll(all);
    return setBy(Setting.ADDITIONAL_HEADERS, CODE);
  }

  /**
   * Sets the only hosts that may receive the headers. The default is {@link Destinations#any()}.
   *
   * @param destinations the hosts
   * @return this
   */
  public TracingPropagationBuilder forwardTo(Destinations destinations) {
    this.destinations = requireNonNull(destinations, "destinations");
    return setBy(Setting.FORWARD_TO, CODE);
  }

  /**
   * Sets the maximum length of a header value; a longer value is dropped. The default is 4096.
   *
   * @param chars from 1 to 65536, after repeated lines are joined
   * @return this
   * @throws InvalidSettingException if the number is outside this range
   */
  public TracingPropagationBuilder maxValueLength(int chars) {
    if (chars < 1 || chars > LARGEST_MAX_VALUE_LENGTH) {
      throw new InvalidSettingException(
          "maxValueLength",
          null,
          Integer.toString(chars),
          chars + " chars; allowed: 1 to " + LARGEST_MAX_VALUE_LENGTH);
    }
    maxValueLength = chars;
    return setBy(Setting.MAX_VALUE_LENGTH, CODE);
  }

  /** Records the source of a setting, for the log. */
  TracingPropagationBuilder setBy(Setting setting, String source) {
    setBy.put(setting, source);
    return this;
  }

  /**
   * Builds the configuration.
   *
   * @return an immutable configuration; the builder remains usable
   * @throws InvalidSettingException if an additional header carries credentials and {@link
   *     #forwardTo} does not name each host. By their names these are {@code authorization}, {@code
   *     cookie}, {@code jwt}, and those with a word such as {@code token}, {@code secret} and
   *     {@code api-key}
   */
  public TracingPropagation build() {
    return build(Agents::inThisJvm);
  }

  TracingPropagation build(Supplier<Agents> detectAgents) {
    String credential = exposedCredential();
    if (credential != null) {
      throw new InvalidSettingException(
          "forwardTo",
          null,
          credential,
          "\""
              + credential
              + "\" carries credentials: forwardTo must be Destinations.hosts(...), not "
              + destinations);
    }
    Agents agents = providers == null ? detectAgents.get() : Agents.NONE;
    Set<HeaderFamily> families = EnumSet.of(HeaderFamily.REQUEST_ID);
    for (TracingProvider provider : providers == null ? ALL : providers) {
      families.addAll(provider.families());
    }
    families.removeAll(agents.families());
    return new TracingPropagation(
        new HeaderReader(HeaderTable.of(families, additional), maxValueLength, null),
        destinations,
        List.of(
            effective(Setting.PROVIDERS, providers == null ? "all" : providers, agents.toString()),
            effective(Setting.ADDITIONAL_HEADERS, additional, ""),
            effective(Setting.FORWARD_TO, destinations, ""),
            effective(Setting.MAX_VALUE_LENGTH, maxValueLength, "")));
  }

  /**
   * Returns an additional header with credentials if hosts are not named; null if there is none.
   */
  @Nullable String exposedCredential() {
    for (String name : additional) {
      if (HeaderNames.isCredential(name) && !destinations.areNamed()) {
        return name;
      }
    }
    return null;
  }

  private EffectiveSetting effective(Setting setting, Object value, String exception) {
    return new EffectiveSetting(
        setting, value.toString(), setBy.getOrDefault(setting, DEFAULT), exception);
  }
}
