// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** What listeners note, in order: an event, and the id of the request to which it belongs. */
final class Notes {
  private static final int MANY = 400;

  private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();

  void add(Object event) {
    add(event, "");
  }

  void add(Object event, String more) {
    notes.add(event + "=" + Ids.current() + more);
  }

  /** Returns the next notes, for each of which it waits up to a minute. */
  List<String> next(int count) throws InterruptedException {
    List<String> next = new ArrayList<>();
    while (next.size() < count) {
      next.add(requireNonNull(notes.poll(60, TimeUnit.SECONDS), () -> "only " + next));
    }
    return next;
  }

  void assertNext(String... expected) throws InterruptedException {
    assertThat(next(expected.length)).containsExactly(expected);
  }

  /** Sends a message with a value and an id. */
  interface Sender {
    void send(String value, String id) throws Exception;
  }

  /** Asserts that each of many messages at once has its own headers. */
  void assertEachHasItsOwn(Sender sender) throws Exception {
    for (int i = 0; i < MANY; i++) {
      sender.send("" + i, Ids.of(i));
    }
    assertThat(next(MANY)).containsExactlyInAnyOrderElementsOf(expected(MANY));
  }

  /** Returns the notes of so many numbered messages. */
  static List<String> expected(int messages) {
    return IntStream.range(0, messages).mapToObj(i -> i + "=" + Ids.of(i)).toList();
  }
}
