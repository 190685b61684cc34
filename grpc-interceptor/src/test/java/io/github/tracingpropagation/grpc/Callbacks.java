// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import io.github.tracingpropagation.CapturedHeaders;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** An application's interceptor that records the request id that is current in each callback. */
final class Callbacks implements ServerInterceptor {
  /** Names the call in a test, beside the headers that are captured. */
  static final Metadata.Key<String> CALL = Calls.key("call");

  private final Map<String, Call> calls = new ConcurrentHashMap<>();

  /** Waits for the end of a call, and returns its callbacks, each with the id that it saw. */
  List<String> await(String call) throws Exception {
    Call recorded = call(call);
    recorded.end.get(30, TimeUnit.SECONDS);
    return recorded.events;
  }

  /** Returns the callbacks of a call so far. */
  List<String> of(String call) {
    return call(call).events;
  }

  private Call call(String name) {
    return calls.computeIfAbsent(
        name, it -> new Call(new CopyOnWriteArrayList<>(), new CompletableFuture<>()));
  }

  @Override
  public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
      ServerCall<ReqT, RespT> serverCall, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
    Call call = call(String.valueOf(headers.get(CALL)));
    call.record("startCall");
    return new SimpleForwardingServerCallListener<>(next.startCall(serverCall, headers)) {
      @Override
      public void onMessage(ReqT message) {
        call.record("onMessage");
        super.onMessage(message);
      }

      @Override
      public void onHalfClose() {
        call.record("onHalfClose");
        super.onHalfClose();
      }

      @Override
      public void onCancel() {
        call.record("onCancel");
        super.onCancel();
        call.end.complete(null);
      }

      @Override
      public void onComplete() {
        call.record("onComplete");
        super.onComplete();
        call.end.complete(null);
      }

      @Override
      public void onReady() {
        call.record("onReady");
        super.onReady();
      }
    };
  }

  private record Call(List<String> events, CompletableFuture<Void> end) {
    void record(String callback) {
      events.add(callback + " " + CapturedHeaders.current().requestId());
    }
  }
}
