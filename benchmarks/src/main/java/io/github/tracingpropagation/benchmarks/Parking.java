// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Keeps each request open, for as long as it is measured. */
@SuppressWarnings("serial") // nobody serialises it
final class Parking extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final int PATIENCE_SECONDS = 60;

  private final BlockingQueue<HttpServletRequest> parked = new LinkedBlockingQueue<>();
  private final Semaphore arrived = new Semaphore(0);

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) {
    AsyncContext async = request.startAsync();
    async.setTimeout(0); // none
    parked.add(request);
    arrived.release();
  }

  /** Returns the next request that arrives. */
  HttpServletRequest take() throws InterruptedException {
    HttpServletRequest request = parked.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (request == null) {
      throw new IllegalStateException("no request arrived in time");
    }
    return request;
  }

  /** Waits until so many more requests have arrived. */
  void await(int requests) throws InterruptedException {
    if (!arrived.tryAcquire(requests, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(arrived.availablePermits() + " requests arrived in time");
    }
  }

  /** Completes each request that is here. */
  void complete() {
    for (HttpServletRequest next = parked.poll(); next != null; next = parked.poll()) {
      next.getAsyncContext().complete();
    }
  }
}
