// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OnceLogger;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Captures the tracing headers of each call, and makes them current around the service and each
 * callback of the call's listener. Thread-safe.
 *
 * <p>It should run before all other interceptors: {@link GrpcTracingPropagation#install
 * GrpcTracingPropagation.install} adds it last to a builder, where the last one runs first.
 */
@SuppressWarnings("try") // scopes are only closed
public final class TracingPropagationServerInterceptor implements ServerInterceptor {
  private static final OnceLogger LOGGER = OnceLogger.of(GrpcTracingPropagation.class);

  private final TracingPropagation propagation;
  private final Collection<Metadata.Key<String>> keys;
  private final MetadataLines.@Nullable Name[] names;

  /**
   * Creates an interceptor. Logs the settings at INFO, once for equal settings.
   *
   * @param propagation what to capture
   */
  public TracingPropagationServerInterceptor(TracingPropagation propagation) {
    this.propagation = requireNonNull(propagation, "propagation");
    Map<String, Metadata.Key<String>> keysByName = HeaderKeys.of(propagation.fields());
    keys = keysByName.values();
    names = MetadataLines.Name.byLength(keysByName.keySet());
    LOGGER.log(Level.INFO, "gRPC server captures with " + propagation);
  }

  @Override
  public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
      ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
    CapturedHeaders captured =
        propagation.capture(
            MetadataLines.AVAILABLE
                ? new MetadataLines(headers, names)
                : new InboundMetadata(headers, keys));
    try (HeadersScope scope = new HeadersScope(captured)) {
      return new ScopedListener<>(next.startCall(call, headers), captured);
    }
  }

  private static final class ScopedListener<ReqT> extends SimpleForwardingServerCallListener<ReqT> {
    private final CapturedHeaders captured;

    ScopedListener(ServerCall.Listener<ReqT> delegate, CapturedHeaders captured) {
      super(delegate);
      this.captured = captured;
    }

    @Override
    public void onMessage(ReqT message) {
      try (HeadersScope scope = new HeadersScope(captured)) {
        super.onMessage(message);
      }
    }

    @Override
    public void onHalfClose() {
      try (HeadersScope scope = new HeadersScope(captured)) {
        super.onHalfClose();
      }
    }

    @Override
    public void onCancel() {
      try (HeadersScope scope = new HeadersScope(captured)) {
        super.onCancel();
      }
    }

    @Override
    public void onComplete() {
      try (HeadersScope scope = new HeadersScope(captured)) {
        super.onComplete();
      }
    }

    @Override
    public void onReady() {
      try (HeadersScope scope = new HeadersScope(captured)) {
        super.onReady();
      }
    }
  }
}
