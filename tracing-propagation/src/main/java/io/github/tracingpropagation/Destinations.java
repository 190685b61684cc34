// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.adapter.InvalidSettingException;
import io.github.tracingpropagation.adapter.OutboundRequest;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts may receive the tracing headers. Immutable, so any number of threads may share it.
 *
 * <p>Only the host is compared, without regard to case or a trailing dot; port, scheme, the zone of
 * an IPv6 address and a URI's user-info are ignored. Names are never resolved. A host that is not
 * an IP address or a well-formed name in ASCII is unknown: only {@link #any()} includes it.
 */
public final class Destinations {
  private static final Destinations ANY = new Destinations("any()", host -> true, true, false);
  private static final Destinations IN_MESH =
      new Destinations("inMesh()", Host::isInMesh, false, false);

  private final String description;
  private final Predicate<Host> hosts;

  /** Whether every host is included, also an unknown one. */
  private final boolean all;

  /** Whether every included host is named by the user, which credentials require. */
  private final boolean named;

  private Destinations(String description, Predicate<Host> hosts, boolean all, boolean named) {
    this.description = description;
    this.hosts = hosts;
    this.all = all;
    this.named = named;
  }

  /**
   * Returns all hosts.
   *
   * @return always the same instance
   */
  public static Destinations any() {
    return ANY;
  }

  /**
   * Returns the hosts that are typical of a mesh: names of a single label ({@code ratings}, {@code
   * localhost}), {@code *.svc}, {@code *.cluster.local}, and loopback and private addresses
   * (127.0.0.0/8, ::1, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7). Link-local addresses
   * are not included, because the metadata server of a cloud has one.
   *
   * @return always the same instance
   */
  public static Destinations inMesh() {
    return IN_MESH;
  }

  /**
   * Returns the hosts that match a pattern.
   *
   * @param patterns each a host name; {@code *.} and a host name, for its subdomains at any depth
   *     but not the name itself; or an IP address, IPv6 with or without brackets. Without port:
   *     each port of the host is included
   * @return these hosts
   * @throws InvalidSettingException if there is no pattern, or one is not of these forms
   */
  public static Destinations hosts(String... patterns) {
    if (patterns.length == 0) {
      throw new InvalidSettingException(
          "hosts", null, "", "no host is named; allowed: one or more hosts");
    }
    List<Predicate<Host>> matchers = Arrays.stream(patterns).map(Host::matcher).toList();
    return new Destinations(
        "hosts(" + String.join(", ", patterns) + ")", host -> matches(matchers, host), false, true);
  }

  /**
   * Returns the hosts that are in both.
   *
   * @param other the other hosts
   * @return the intersection
   */
  public Destinations and(Destinations other) {
    requireNonNull(other, "other");
    return new Destinations(
        "(" + description + " and " + other.description + ")",
        hosts.and(other.hosts),
        all && other.all,
        named || other.named);
  }

  /**
   * Returns the hosts that are in either.
   *
   * @param other the other hosts
   * @return the union
   */
  public Destinations or(Destinations other) {
    requireNonNull(other, "other");
    return new Destinations(
        "(" + description + " or " + other.description + ")",
        hosts.or(other.hosts),
        all || other.all,
        named && other.named);
  }

  /**
   * Returns whether a host may receive the headers.
   *
   * @param host an authority: a name or an IP address, optionally with a port; IPv6 with brackets
   *     or, if there is no port, without. Null if unknown
   * @return true if it may; for null and anything else, such as an authority with user-info, only
   *     if every host may
   */
  public boolean includes(@Nullable String host) {
    return all || (host != null && includes(Host.ofAuthority(host)));
  }

  /**
   * Returns whether the host of a URI may receive the headers.
   *
   * @param uri of any kind
   * @return true if it may; for a URI without a host, only if every host may
   */
  public boolean includes(URI uri) {
    return all || includes(OutboundRequest.hostOf(uri));
  }

  private boolean includes(@Nullable Host host) {
    return host != null && hosts.test(host);
  }

  /**
   * Returns whether every host may receive the headers, also an unknown one.
   *
   * @return true for {@link #any()} and combinations that exclude no host
   */
  public boolean includesAll() {
    return all;
  }

  boolean areNamed() {
    return named;
  }

  @Override
  public String toString() {
    return description;
  }

  private static boolean matches(List<Predicate<Host>> matchers, Host host) {
    for (Predicate<Host> matcher : matchers) {
      if (matcher.test(host)) {
        return true;
      }
    }
    return false;
  }
}
