// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps each request open, for as long as it is measured. */
@SuppressWarnings("serial") // nobody serialises it
final class Parking extends HttpServlet {
  private static final long serialVersionUID = 1;

  private final BlockingQueue<HttpServletRequest> parked = new LinkedBlockingQueue<>();

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) {
    AsyncContext async = request.startAsync();
    async.setTimeout(0); // none
    parked.add(request);
  }

  /** Returns the next request that arrives. */
  HttpServletRequest take() throws InterruptedException {
    HttpServletRequest request = parked.poll(30, TimeUnit.SECONDS);
    if (request == null) {
      throw new IllegalStateException("no request arrived within 30 s");
    }
    return request;
  }
}
