// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An outbound call of the service, as it arrived.
 *
 * @param port where it arrived
 * @param proxied whether the service took the listener for its proxy
 * @param host its Host header
 * @param path its path without the query
 * @param route what the same call of each request has in common: method, port, and the path with
 *     each segment that has a digit replaced
 * @param number the number of a request in the call's path or query, or {@link
 *     ArrivedHeader#NOBODY}
 * @param headers the headers whose names the check has sent
 */
record Call(
    int port,
    boolean proxied,
    String host,
    String path,
    String route,
    int number,
    List<ArrivedHeader> headers) {
  /** The paths of redirects. */
  static final String REDIRECTED = "/propagation-check-redirected";

  static final String FOREIGN = "/propagation-check-foreign";

  /** Requests are numbered from here, so that a number in a path is hardly anything else. */
  static final int FIRST_NUMBER = 1_000_000;

  private static final Pattern NUMBER = Pattern.compile("(?<!\\d)\\d{7}(?!\\d)");
  private static final Pattern VARYING_SEGMENT = Pattern.compile("(?<=/)[^/]*\\d[^/]*");

  /** Returns a call to a target, which is a whole URI if the service uses a proxy. */
  static Call of(int port, String method, String target, String host, List<ArrivedHeader> headers) {
    String path = target.replaceFirst("^https?://[^/?]*", "").split("[?#]", 2)[0];
    return new Call(
        port,
        target.startsWith("http"),
        host,
        path.isEmpty() ? "/" : path,
        method
            + " "
            + (target.startsWith("http") ? host : port)
            + VARYING_SEGMENT.matcher(path).replaceAll("*"),
        numberIn(target),
        headers);
  }

  /** Returns the first number of a request that stands in a text. */
  private static int numberIn(String text) {
    Matcher matcher = NUMBER.matcher(text);
    return matcher.find() ? Integer.parseInt(matcher.group()) : ArrivedHeader.NOBODY;
  }

  List<ArrivedHeader> named(String name) {
    return headers.stream().filter(header -> header.name().equals(name)).toList();
  }

  Call with(List<ArrivedHeader> some) {
    return new Call(port, proxied, host, path, route, number, some);
  }

  /** Returns the numbers of the requests whose values it carries. */
  Set<Integer> owners() {
    return headers.stream()
        .map(ArrivedHeader::owner)
        .filter(owner -> owner != ArrivedHeader.NOBODY)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns whether it carries no header with which a request's trace could be continued. */
  boolean isBare() {
    return headers.stream()
        .filter(header -> Family.of(header.name()) != null)
        .allMatch(
            header -> (header.value() == null || header.isEmpty()) && header.traceId() == null);
  }

  /** Returns whether it carries no tracing header at all, and no value of a request. */
  boolean isFree() {
    return headers.stream()
        .allMatch(header -> header.value() == null && Family.of(header.name()) == null);
  }

  String show() {
    return headers.isEmpty() ? "a call without these headers" : show(headers, 6);
  }

  /** Shows a call with the headers of several requests: those of each, fewest first. */
  String showByOwner() {
    return owners().stream()
            .map(owner -> headers.stream().filter(header -> header.owner() == owner).toList())
            .sorted(Comparator.comparingInt(List::size))
            .map(some -> show(some, 3))
            .collect(Collectors.joining(" of one, beside "))
        + " of another";
  }

  private static String show(List<ArrivedHeader> some, int limit) {
    return some.stream()
            .limit(limit)
            .map(ArrivedHeader::toString)
            .collect(Collectors.joining(" | "))
        + (some.size() > limit ? " | ..." : "");
  }
}
