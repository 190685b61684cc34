// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rule 11 under load, with a service that returns the id that it received. */
class OkHttpLoadTest {
  private static final int CALLS = 10_000;
  private static final int KINDS = 3;
  private static final int PARENTS = 32;
  private static final String NONE = "none";

  private final ExecutorService parents = Executors.newFixedThreadPool(PARENTS);
  private final ExecutorService workers = Executors.newFixedThreadPool(PARENTS);
  private HttpServer ratings;

  @BeforeEach
  void start() throws IOException {
    ratings = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
    ratings.setExecutor(workers);
    ratings.createContext(
        "/",
        exchange -> {
          String id = exchange.getRequestHeaders().getFirst("x-request-id");
          exchange.getResponseHeaders().set("seen", id == null ? NONE : id);
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    ratings.start();
  }

  @AfterEach
  void stop() {
    ratings.stop(0);
    workers.shutdownNow();
    parents.shutdownNow();
  }

  @Test
  void rule11_tenThousandConcurrentCalls_forwardTheirOwnHeaders() throws Exception {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequestsPerHost(8);
    OkHttpClient client =
        OkHttpTracingPropagation.install(
                new OkHttpClient.Builder()
                    .dispatcher(dispatcher)
                    .connectTimeout(Duration.ZERO) // 10 seconds by default, as the next one
                    .readTimeout(Duration.ZERO))
            .build();
    Request request =
        new Request.Builder().url("http://127.0.0.1:" + ratings.getAddress().getPort()).build();
    List<CompletableFuture<String>> seen =
        Stream.generate(() -> new CompletableFuture<String>()).limit(CALLS).toList();
    for (int i = 0; i < CALLS; i++) {
      int id = i;
      parents.execute(
          context(i).wrap(() -> call(client.newCall(request), id % KINDS, seen.get(id))));
    }

    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      String id = seen.get(i).get(60, TimeUnit.SECONDS);
      if (!id.equals(id(i))) {
        wrong.add(id(i) + ": " + id);
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Returns an inbound request's id; every fourth request has none. */
  private static String id(int request) {
    return request % 4 == 0 ? NONE : "id-" + request;
  }

  private static Context context(int request) {
    String id = id(request);
    return id.equals(NONE)
        ? Context.root()
        : HeaderLines.captured("x-request-id: " + id).storeInContext(Context.root());
  }

  private static void call(Call call, int kind, CompletableFuture<String> seen) {
    Callback callback = new Seen(seen);
    switch (kind) {
      case 0 -> call.enqueue(callback);
      case 1 -> call.clone().enqueue(callback);
      default -> {
        try {
          callback.onResponse(call, call.execute());
        } catch (IOException e) {
          callback.onFailure(call, e);
        }
      }
    }
  }

  private record Seen(CompletableFuture<String> id) implements Callback {
    @Override
    public void onFailure(Call call, IOException e) {
      id.completeExceptionally(e);
    }

    @Override
    public void onResponse(Call call, Response response) {
      response.close();
      id.complete(response.headers("seen").get(0));
    }
  }
}
