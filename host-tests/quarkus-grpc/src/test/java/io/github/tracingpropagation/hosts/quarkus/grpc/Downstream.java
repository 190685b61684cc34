// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus.grpc;

import com.sun.net.httpserver.HttpServer;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What the application calls: answers with the request ids that have arrived. */
public final class Downstream implements QuarkusTestResourceLifecycleManager {
  static final String NONE = "none";
  static final Metadata.Key<String> REQUEST_ID =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

  private static final io.grpc.Context.Key<String> ID = io.grpc.Context.key("id");

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer http;
  private Server grpc;

  @Override
  public Map<String, String> start() {
    try {
      http = HttpServer.create(new InetSocketAddress(0), 0);
      grpc = ServerBuilder.forPort(0).addService(new Service()).intercept(Downstream::read).build();
      grpc.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(threads);
    http.createContext(
        "/",
        exchange -> {
          byte[] ids = join(exchange.getRequestHeaders().get("x-request-id")).getBytes();
          exchange.getResponseHeaders().set("connection", "close"); // it closes idle ones, too
          exchange.sendResponseHeaders(200, ids.length);
          exchange.getResponseBody().write(ids);
          exchange.close();
        });
    http.start();
    return Map.of(
        "CALLED_GRPC", "" + grpc.getPort(),
        "CALLED_HTTP", "http://localhost:" + http.getAddress().getPort());
  }

  private static String join(Iterable<String> ids) {
    return ids == null ? NONE : String.join(",", ids);
  }

  @Override
  public void stop() {
    grpc.shutdownNow();
    http.stop(0);
    threads.shutdown();
  }

  private static final class Service extends CalledGrpc.CalledImplBase {
    @Override
    public void id(Request request, StreamObserver<Reply> answer) {
      answer.onNext(Reply.newBuilder().setIds(ID.get()).build());
      answer.onCompleted();
    }
  }

  /** Reads the lines themselves. */
  private static <ReqT, RespT> ServerCall.Listener<ReqT> read(
      ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
    io.grpc.Context context =
        io.grpc.Context.current().withValue(ID, join(headers.getAll(REQUEST_ID)));
    return Contexts.interceptCall(context, call, headers, next);
  }
}
