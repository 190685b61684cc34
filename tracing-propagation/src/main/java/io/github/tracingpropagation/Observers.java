// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.github.tracingpropagation.adapter.OnceLogger;
import io.github.tracingpropagation.adapter.PropagationObserver;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Passes each event on to all observers. One that throws breaks neither a request nor another. */
record Observers(List<PropagationObserver> all) implements PropagationObserver {
  static final Observers NONE = new Observers(List.of());

  private static final OnceLogger LOGGER = OnceLogger.of(TracingPropagation.class);

  Observers and(PropagationObserver other) {
    return new Observers(Stream.concat(all.stream(), Stream.of(other)).toList());
  }

  @Override
  public void captured(CapturedHeaders captured) {
    tell(observer -> observer.captured(captured));
  }

  @Override
  public void dropped(String header, DropReason reason) {
    tell(observer -> observer.dropped(header, reason));
  }

  @Override
  public void forwarded() {
    tell(PropagationObserver::forwarded);
  }

  @Override
  public void withheld() {
    tell(PropagationObserver::withheld);
  }

  @Override
  public void refused(RefusalCause cause, String client, String reason) {
    tell(observer -> observer.refused(cause, client, reason));
  }

  /** Without the message of what is thrown, which may contain anything. */
  private void tell(Consumer<PropagationObserver> event) {
    for (PropagationObserver observer : all) {
      try {
        event.accept(observer);
      } catch (VirtualMachineError e) {
        throw e;
      } catch (Throwable e) {
        LOGGER.log(
            Level.WARNING,
            "The observer "
                + observer.getClass().getName()
                + " throws "
                + e.getClass().getName()
                + ", which is ignored. Headers are captured and forwarded all the same.");
      }
    }
  }
}
