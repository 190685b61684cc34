// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects the configuration of a {@link TracingPropagation}. For one thread. */
public final class TracingPropagationBuilder {
  private static final int DEFAULT_MAX_VALUE_LENGTH = 4_096;
  private static final int LARGEST_MAX_VALUE_LENGTH = 65_536;

  /** What a hand-written list of names often has, and what no unnamed host may ever see. */
  private static final Set<String> CREDENTIALS = Set.of("authorization", "cookie", "jwt");

  /** Each belongs to one message or one connection: copied to another, it would break that one. */
  private static final Set<String> OF_ONE_MESSAGE =
      Set.of(
          "accept-encoding",
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-authorization",
          "proxy-connection",
          "range",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final List<TracingProvider> ALL = List.of(TracingProvider.values());
  private static final String CODE = "code";
  private static final String DEFAULT = "default";

  /** Null for the default: every provider, but no family that an agent in this JVM writes. */
  private @Nullable Set<TracingProvider> providers;

  private final Set<String> additional = new LinkedHashSet<>();
  private Destinations destinations = Destinations.any();
  private int maxValueLength = DEFAULT_MAX_VALUE_LENGTH;

  /** Where each setting that is not the default was set, by its name. */
  private final Map<String, String> setBy = new HashMap<>();

  TracingPropagationBuilder() {}

  /**
   * Forwards the headers of these providers, and {@code x-request-id} in any case. The default is
   * every provider, but for the families of headers that a known agent in this JVM writes (those of
   * OpenTelemetry and its distributions, Datadog, New Relic, Elastic, SkyWalking): the agent then
   * carries that trace, and a second writer would mix two. What is named here is forwarded beside
   * an agent, too.
   *
   * @param providers the providers, or none for {@code x-request-id} and the additional headers
   * @return this
   */
  public TracingPropagationBuilder providers(TracingProvider... providers) {
    this.providers = new LinkedHashSet<>(Arrays.asList(providers));
    return setBy("providers", CODE);
  }

  /**
   * Forwards these headers, too. Their values are opaque, but must be printable ASCII. The lines of
   * {@code baggage} are joined; of any other header the first line counts. The name of a tracing
   * header adds its whole family.
   *
   * @param names header names in any case, in addition to those of earlier calls; at most 41 in all
   * @return this
   * @throws IllegalArgumentException if a name is no header name, or the header belongs to one
   *     message or connection, such as {@code content-length} and {@code host}
   */
  public TracingPropagationBuilder additionalHeaders(String... names) {
    Set<String> all = new LinkedHashSet<>(additional);
    for (String name : names) {
      String lowerCase = name.toLowerCase(Locale.ROOT);
      if (!isToken(name)) {
        throw new IllegalArgumentException(
            "additionalHeaders: \""
                + name
                + "\" is not a header name; allowed: ASCII letters, digits and !#$%&'*+-.^_`|~");
      }
      if (OF_ONE_MESSAGE.contains(lowerCase)) {
        throw new IllegalArgumentException(
            "additionalHeaders: \""
                + name
                + "\" belongs to one message or connection; allowed: any header but "
                + OF_ONE_MESSAGE.stream().sorted().toList());
      }
      all.add(lowerCase);
    }
    if (all.size() > HeaderTable.MAX_ADDITIONAL) {
      throw new IllegalArgumentException(
          "additionalHeaders: "
              + all.size()
              + " names; allowed: at most "
              + HeaderTable.MAX_ADDITIONAL);
    }
    additional.addAll(all);
    return setBy("additional-headers", CODE);
  }

  /**
   * Forwards to these hosts only. The default is {@link Destinations#any()}.
   *
   * @param destinations the hosts
   * @return this
   */
  public TracingPropagationBuilder forwardTo(Destinations destinations) {
    this.destinations = requireNonNull(destinations, "destinations");
    return setBy("forward-to", CODE);
  }

  /**
   * Drops a value that is longer. The default is 4096.
   *
   * @param chars from 1 to 65536
   * @return this
   * @throws IllegalArgumentException if the number is outside this range
   */
  public TracingPropagationBuilder maxValueLength(int chars) {
    if (chars < 1 || chars > LARGEST_MAX_VALUE_LENGTH) {
      throw new IllegalArgumentException(
          "maxValueLength: " + chars + " chars; allowed: 1 to " + LARGEST_MAX_VALUE_LENGTH);
    }
    maxValueLength = chars;
    return setBy("max-value-length", CODE);
  }

  /** Notes where a setting was set, for the log. */
  TracingPropagationBuilder setBy(String name, String source) {
    setBy.put(name, source);
    return this;
  }

  /**
   * Builds the configuration.
   *
   * @return an immutable configuration; this builder may go on
   * @throws IllegalArgumentException if {@code authorization}, {@code cookie} or {@code jwt} is to
   *     be forwarded without {@link #forwardTo} naming the hosts
   */
  public TracingPropagation build() {
    return build(Agents::inThisJvm);
  }

  TracingPropagation build(Supplier<Agents> inThisJvm) {
    for (String name : additional) {
      if (CREDENTIALS.contains(name) && !destinations.areNamed()) {
        throw new IllegalArgumentException(
            "forwardTo: "
                + destinations
                + " has hosts that nobody named, and additionalHeaders has \""
                + name
                + "\"; allowed: Destinations.hosts(...) alone");
      }
    }
    Agents agents = providers == null ? inThisJvm.get() : Agents.NONE;
    Set<HeaderFamily> families = EnumSet.of(HeaderFamily.REQUEST_ID);
    for (TracingProvider provider : providers == null ? ALL : providers) {
      families.addAll(provider.families());
    }
    families.removeAll(agents.families());
    return new TracingPropagation(
        HeaderTable.of(families, additional), maxValueLength, destinations, describe(agents));
  }

  private String describe(Agents agents) {
    return String.join(
        ", ",
        describe("providers", providers == null ? "all" : providers) + agents,
        describe("additional-headers", additional),
        describe("forward-to", destinations),
        describe("max-value-length", maxValueLength));
  }

  private String describe(String name, Object value) {
    return name + "=" + value + " (" + setBy.getOrDefault(name, DEFAULT) + ")";
  }

  /** RFC 9110: a field name is a token. */
  private static boolean isToken(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean alphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!alphanumeric && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
