// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import static java.util.Objects.requireNonNull;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reports each call of a gRPC server as its request, with the status of gRPC: 0 is OK. */
record ServedCalls(Consumer<ServedRequest> served) implements ServerInterceptor {
  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata metadata, ServerCallHandler<Q, R> next) {
    String path = "/" + call.getMethodDescriptor().getFullMethodName();
    Map<String, List<String>> headers = headers(metadata);
    return next.startCall(
        new SimpleForwardingServerCall<Q, R>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            served.accept(new ServedRequest("POST", path, status.getCode().value(), headers));
            super.close(status, trailers);
          }
        },
        metadata);
  }

  private static Map<String, List<String>> headers(Metadata metadata) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String name : metadata.keys()) {
      List<String> values = headers.computeIfAbsent(name, key -> new ArrayList<>());
      if (name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
        Metadata.Key<byte[]> key = Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER);
        requireNonNull(metadata.getAll(key))
            .forEach(
                bytes -> values.add(Base64.getEncoder().withoutPadding().encodeToString(bytes)));
      } else {
        Metadata.Key<String> key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
        requireNonNull(metadata.getAll(key)).forEach(values::add);
      }
    }
    return headers;
  }
}
