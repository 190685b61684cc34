// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.ExecutorRecorder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** All kinds of requests at once; {@code -Dstorm.requests=27000} for a longer one. */
@QuarkusTest
@QuarkusTestResource(Downstream.class)
class StormTest {
  private static final String[] WAYS = {
    "sync",
    "async",
    "uni",
    "stage",
    "delay",
    "events",
    "memoized",
    "wrapped-future",
    "okhttp",
    "route",
    "servlet",
    "fault-tolerance/bulkhead-uni"
  };

  @TestHTTPResource("/")
  URI application;

  @Inject Vertx vertx;

  @ConfigProperty(name = "quarkus.thread-pool.max-threads")
  int workers;

  Downstream downstream; // set by the resource

  @Test
  void requestsOfAllKinds_haveTheirOwnHeadersAndLeaveNothing() throws Exception {
    Load load = new Load(application, downstream);
    Load.Result result = load.run(Integer.getInteger("storm.requests", 2400), 24, WAYS);
    System.out.println("storm " + result);
    result.assertOwn();

    List<Future<CapturedHeaders>> left = new ArrayList<>();
    for (EventExecutor eventLoop : vertx.nettyEventLoopGroup()) {
      left.add(eventLoop.submit(() -> CapturedHeaders.find()));
    }
    Executor pool = ExecutorRecorder.getCurrent();
    CyclicBarrier allWorkers = new CyclicBarrier(workers);
    for (int i = 0; i < workers; i++) {
      FutureTask<CapturedHeaders> task =
          new FutureTask<>(
              () -> {
                allWorkers.await(60, TimeUnit.SECONDS);
                return CapturedHeaders.find();
              });
      left.add(task);
      pool.execute(task);
    }
    for (Future<CapturedHeaders> thread : left) {
      assertThat(thread.get(60, TimeUnit.SECONDS)).isNull();
    }
  }
}
