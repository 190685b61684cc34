// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

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
 * @param foreign whether it arrived at the foreign host's listener
 * @param host its Host header
 * @param followed whether it follows a redirect of the check
 * @param number the number of a request in the call's path or query, or {@link
 *     ArrivedHeader#NOBODY}
 * @param headers the headers whose names the check has sent
 */
record Call(
    int port,
    boolean foreign,
    String host,
    boolean followed,
    int number,
    List<ArrivedHeader> headers) {
  /** Requests are numbered from here, so that a number in a path is hardly anything else. */
  static final int FIRST_NUMBER = 1_000_000;

  private static final Pattern NUMBER = Pattern.compile("(?<!\\d)\\d{7}(?!\\d)");

  /** Returns the first number of a request that stands in a text. */
  static int numberIn(String text) {
    Matcher matcher = NUMBER.matcher(text);
    return matcher.find() ? Integer.parseInt(matcher.group()) : ArrivedHeader.NOBODY;
  }

  List<ArrivedHeader> named(String name) {
    return headers.stream().filter(header -> header.name().equals(name)).toList();
  }

  /** Returns this call without values that were not sent, but in the headers of these names. */
  Call withoutOwn(Set<String> names) {
    return new Call(
        port,
        foreign,
        host,
        followed,
        number,
        headers.stream()
            .filter(header -> header.value() != null || names.contains(header.name()))
            .toList());
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
        .allMatch(header -> header.value() == null && header.traceId() == null);
  }

  /** Returns whether it carries no trace, not even the service's own, and no value of a request. */
  boolean isFree() {
    return headers.stream()
        .allMatch(header -> header.value() == null && Family.of(header.name()) == null);
  }

  /** Returns its headers for a report. */
  String show() {
    return headers.isEmpty()
        ? "a call without these headers"
        : headers.stream().limit(6).map(ArrivedHeader::toString).collect(Collectors.joining(" | "))
            + (headers.size() > 6 ? " | ..." : "");
  }
}
