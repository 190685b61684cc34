// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import com.linecorp.armeria.common.RequestHeaders;
import io.github.tracingpropagation.demo.mesh.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Records the requests to a service. Threads may share it. */
public final class RequestRecorder implements Consumer<RequestHeaders> {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final BlockingQueue<RequestHeaders> requests = new LinkedBlockingQueue<>();

  @Override
  public void accept(RequestHeaders request) {
    requests.add(request);
  }

  /** Starts a proxy that passes requests on to a service, and records them. */
  public Service inFrontOf(URI service) {
    return Proxy.recording(() -> service, this);
  }

  /** Returns the next request; fails if none arrives in 30 s. */
  public RequestHeaders next() throws InterruptedException {
    RequestHeaders request = requests.poll(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    if (request == null) {
      throw new AssertionError("no request arrived in " + TIMEOUT);
    }
    return request;
  }
}
