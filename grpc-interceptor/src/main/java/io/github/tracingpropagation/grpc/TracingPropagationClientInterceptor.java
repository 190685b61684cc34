// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OnceLogger;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.lang.System.Logger.Level;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Forwards the captured headers that are current where a call is created, on whatever thread the
 * call starts, and makes them current around each callback of the call's listener. Thread-safe.
 *
 * <p>It should run after all other interceptors, so that a tracer's headers are already set: {@link
 * GrpcTracingPropagation#install GrpcTracingPropagation.install} adds it first to a builder, where
 * the first one runs last.
 *
 * <p>If {@code forwardTo} names hosts, the channel's authority, the call's authority and a {@code
 * host} header must all be among them.
 */
public final class TracingPropagationClientInterceptor implements ClientInterceptor {
  private static final OnceLogger LOGGER = OnceLogger.of(GrpcTracingPropagation.class);
  private static final Metadata.Key<String> HOST =
      Metadata.Key.of("host", Metadata.ASCII_STRING_MARSHALLER);

  private final TracingPropagation propagation;
  private final Map<String, Metadata.Key<String>> keys;

  /**
   * Creates an interceptor. Logs the settings at INFO, once for equal settings.
   *
   * @param propagation what to forward, and to which hosts
   */
  public TracingPropagationClientInterceptor(TracingPropagation propagation) {
    this.propagation = requireNonNull(propagation, "propagation");
    keys = HeaderKeys.of(propagation.fields());
    LOGGER.log(Level.INFO, "gRPC client forwards with " + propagation);
  }

  @Override
  public <ReqT, RespT> ClientCall<ReqT, RespT> interceptCall(
      MethodDescriptor<ReqT, RespT> method, CallOptions options, Channel next) {
    CapturedHeaders caller = CapturedHeaders.find();
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<RespT> listener, Metadata headers) {
        super.start(
            new ScopedListener<>(listener, caller),
            caller == null || caller.isEmpty()
                ? headers
                : forward(caller, headers, next.authority(), options.getAuthority()));
      }
    };
  }

  /** Returns a copy: the application may send its own object again, from another request. */
  private Metadata forward(
      CapturedHeaders captured,
      Metadata headers,
      @Nullable String channelAuthority,
      @Nullable String callAuthority) {
    Metadata copy = new Metadata();
    copy.merge(headers);
    String host = isAllowed(headers.getAll(HOST)) ? channelAuthority : null;
    propagation.inject(captured, new OutboundCall(host, callAuthority, copy, keys));
    return copy;
  }

  private boolean isAllowed(@Nullable Iterable<String> hosts) {
    if (hosts != null) {
      for (String host : hosts) {
        if (!propagation.destinations().includes(host)) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Restores the caller's headers, which the thread of a callback has not; with a direct executor
   * it may be the thread of another request.
   */
  @SuppressWarnings("try") // scopes are only closed
  private static final class ScopedListener<RespT>
      extends SimpleForwardingClientCallListener<RespT> {
    private final @Nullable CapturedHeaders caller;

    ScopedListener(ClientCall.Listener<RespT> delegate, @Nullable CapturedHeaders caller) {
      super(delegate);
      this.caller = caller;
    }

    @Override
    public void onHeaders(Metadata headers) {
      try (HeadersScope scope = new HeadersScope(caller)) {
        super.onHeaders(headers);
      }
    }

    @Override
    public void onMessage(RespT message) {
      try (HeadersScope scope = new HeadersScope(caller)) {
        super.onMessage(message);
      }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      try (HeadersScope scope = new HeadersScope(caller)) {
        super.onClose(status, trailers);
      }
    }

    @Override
    public void onReady() {
      try (HeadersScope scope = new HeadersScope(caller)) {
        super.onReady();
      }
    }
  }
}
