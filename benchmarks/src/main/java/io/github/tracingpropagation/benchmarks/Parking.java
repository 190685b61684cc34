// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps a request open while it is measured. */
final class Parking extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final int PATIENCE_SECONDS = 60;

  private final transient BlockingQueue<HttpServletRequest> parked = new ArrayBlockingQueue<>(1);

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) {
    request.startAsync().setTimeout(0); // none
    parked.add(request);
  }

  /** Returns the request that arrived. */
  HttpServletRequest take() throws InterruptedException {
    HttpServletRequest request = parked.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (request == null) {
      throw new IllegalStateException("no request arrived in time");
    }
    return request;
  }
}
