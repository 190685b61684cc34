// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Records the requests that a service received. Threads may share it. */
public final class RequestRecorder implements Consumer<ServedRequest> {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final BlockingQueue<ServedRequest> requests = new LinkedBlockingQueue<>();

  @Override
  public void accept(ServedRequest request) {
    requests.add(request);
  }

  /** Returns the next request; fails if none arrives in 30 s. */
  public ServedRequest next() throws InterruptedException {
    ServedRequest request = requests.poll(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    if (request == null) {
      throw new AssertionError("no request arrived in " + TIMEOUT);
    }
    return request;
  }
}
