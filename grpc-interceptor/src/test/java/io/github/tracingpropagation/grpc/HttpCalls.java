// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import io.grpc.CallOptions;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.net.URI;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls of a service that speaks HTTP/2, but not gRPC: each ends with its HTTP status. */
final class HttpCalls {
  private static final Pattern HTTP_STATUS = Pattern.compile("HTTP status code (\\d+)");

  private HttpCalls() {}

  /**
   * Makes a call with a new channel, and returns the HTTP status.
   *
   * @param stub interceptors around those of the channel
   */
  static int call(
      URI uri, UnaryOperator<ManagedChannelBuilder<?>> client, ClientInterceptor... stub) {
    MethodDescriptor<String, String> method =
        Calls.UNARY.toBuilder().setFullMethodName(uri.getPath().substring(1)).build();
    ManagedChannelBuilder<?> builder = NettyChannelBuilder.forAddress(uri.getHost(), uri.getPort());
    ManagedChannel channel = client.apply(builder.usePlaintext()).build();
    try {
      ClientCalls.blockingUnaryCall(
          ClientInterceptors.intercept(channel, stub), method, CallOptions.DEFAULT, "");
      throw new AssertionError("the service speaks gRPC");
    } catch (StatusRuntimeException e) {
      return httpStatus(e.getStatus());
    } finally {
      channel.shutdownNow();
    }
  }

  private static int httpStatus(Status status) {
    Matcher matcher = HTTP_STATUS.matcher(String.valueOf(status.getDescription()));
    if (!matcher.find()) {
      throw status.asRuntimeException();
    }
    return Integer.parseInt(matcher.group(1));
  }
}
