// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import io.github.tracingpropagation.TracingPropagation;
import io.grpc.ManagedChannelBuilder;
import io.grpc.ServerBuilder;

/**
 * Makes a gRPC server capture the tracing headers of its calls, and a channel forward them.
 * Thread-safe: all methods are static.
 */
public final class GrpcTracingPropagation {
  private GrpcTracingPropagation() {}

  /**
   * Installs with the settings of {@link TracingPropagation#fromEnvironment()}.
   *
   * @param builder see {@link #install(ServerBuilder, TracingPropagation)}
   * @param <B> the type of the builder
   * @return the builder
   * @throws IllegalArgumentException if a setting is invalid
   */
  public static <B extends ServerBuilder<?>> B install(B builder) {
    return install(builder, TracingPropagation.fromEnvironment());
  }

  /**
   * Installs with settings from code. The headers of each call are current in the service's methods
   * and in each callback of the call, on whatever thread gRPC runs it.
   *
   * <p>Install last: the interceptor that is added last runs first, so all others have the headers.
   *
   * @param builder a server's builder on which all other interceptors are set
   * @param propagation what to capture
   * @param <B> the type of the builder
   * @return the builder
   */
  public static <B extends ServerBuilder<?>> B install(B builder, TracingPropagation propagation) {
    builder.intercept(new TracingPropagationServerInterceptor(propagation));
    return builder;
  }

  /**
   * Installs with the settings of {@link TracingPropagation#fromEnvironment()}.
   *
   * @param builder see {@link #install(ManagedChannelBuilder, TracingPropagation)}
   * @param <B> the type of the builder
   * @return the builder
   * @throws IllegalArgumentException if a setting is invalid
   */
  public static <B extends ManagedChannelBuilder<?>> B install(B builder) {
    return install(builder, TracingPropagation.fromEnvironment());
  }

  /**
   * Installs with settings from code. Each call forwards the headers that are current on the thread
   * that creates it: that calls the method of a stub, or {@code Channel.newCall}.
   *
   * <p>Install first: the interceptor that is added first runs last, after tracers have set their
   * headers.
   *
   * @param builder a channel's builder without other interceptors
   * @param propagation what to forward, and to which hosts
   * @param <B> the type of the builder
   * @return the builder
   */
  public static <B extends ManagedChannelBuilder<?>> B install(
      B builder, TracingPropagation propagation) {
    builder.intercept(new TracingPropagationClientInterceptor(propagation));
    return builder;
  }
}
