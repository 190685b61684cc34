// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.service;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Records the requests that a service received. Threads may share it. */
public final class RequestRecorder implements Consumer<ServedRequest> {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final ServedRequest NONE = new ServedRequest("-", "-", 0, Map.of());

  private final BlockingQueue<ServedRequest> requests = new LinkedBlockingQueue<>();

  @Override
  public void accept(ServedRequest request) {
    requests.add(request);
  }

  /** Returns the next request, or an empty one if none arrives in 10 s. */
  public ServedRequest next() throws InterruptedException {
    @Nullable ServedRequest request = requests.poll(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    return request == null ? NONE : request;
  }
}
