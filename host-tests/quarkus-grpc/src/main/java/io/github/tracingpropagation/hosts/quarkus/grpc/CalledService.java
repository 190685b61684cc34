// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GrpcService;
import io.quarkus.grpc.RegisterInterceptor;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Answers with the request id that has arrived with the call. */
@GrpcService
@RegisterInterceptor(CalledService.Arrived.class)
public class CalledService implements Called {
  private static final Context.Key<String> ID = Context.key("id");

  @Override
  public Uni<Reply> id(Request request) {
    return Uni.createFrom().item(Reply.newBuilder().setIds(ID.get()).build());
  }

  /** Reads the line itself, and not what the library has captured. */
  @Singleton
  public static class Arrived implements ServerInterceptor {
    private static final Metadata.Key<String> NAME =
        Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
        ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
      Iterable<String> ids = headers.getAll(NAME);
      return Contexts.interceptCall(
          Context.current().withValue(ID, ids == null ? "none" : String.join(",", ids)),
          call,
          headers,
          next);
    }
  }
}
