// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.adapter.PropagationObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An observer that records its calls. */
public final class Events implements PropagationObserver {
  private final Queue<String> events = new ConcurrentLinkedQueue<>();

  /** Creates an observer that was told nothing yet. */
  public Events() {}

  /** Returns what it was told since the last call, in order, and forgets it. */
  public List<String> take() {
    List<String> taken = new ArrayList<>();
    for (String event = events.poll(); event != null; event = events.poll()) {
      taken.add(event);
    }
    return taken;
  }

  @Override
  public void captured(CapturedHeaders captured) {
    List<String> names = new ArrayList<>();
    captured.forEach((name, value) -> names.add(name));
    events.add("captured " + names);
  }

  @Override
  public void dropped(String header, DropReason reason) {
    events.add("dropped " + header + " " + reason);
  }

  @Override
  public void forwarded() {
    events.add("forwarded");
  }

  @Override
  public void withheld() {
    events.add("withheld");
  }

  @Override
  public void refused(RefusalCause cause, String client, String reason) {
    events.add("refused " + client + ": " + reason + " " + cause);
  }
}
