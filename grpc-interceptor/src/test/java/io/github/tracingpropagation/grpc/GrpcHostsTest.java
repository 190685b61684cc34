// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.EquivalentAddressGroup;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 8: the authority of the channel, that of the call and a host header must be allowed. */
@SuppressWarnings("try") // a scope is only there to be closed
class GrpcHostsTest {
  private static final TracingPropagation TO_RATINGS =
      TracingPropagation.builder()
          .forwardTo(Destinations.hosts("ratings", "127.0.0.1"))
          .additionalHeaders("authorization")
          .build();

  private TestServer ratings;

  @BeforeEach
  void start() throws Exception {
    ratings = TestServer.start();
  }

  @AfterEach
  void stop() {
    ratings.close();
  }

  @Test
  void rule8_channelMayReceiveTheHeaders_isForwarded() {
    call(address("127.0.0.1"), null);

    assertThat(ratings.received("x-request-id")).containsExactly("a");
    assertThat(ratings.received("authorization")).containsExactly("Bearer abc");
  }

  @Test
  void rule8_channelMayNot_nothingIsForwarded() {
    call(address("localhost"), null);

    assertNothingArrived();
  }

  /** Of both authorities: whichever a proxy goes by. */
  @Test
  void rule8_callHasAnAllowedAuthorityAndTheChannelHasNot_nothingIsForwarded() {
    call(address("localhost"), "ratings");

    assertNothingArrived();
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "ratings.evil.example:80"})
  void rule8_callHasAForeignAuthority_nothingIsForwarded(String authority) {
    call(address("127.0.0.1"), authority);

    assertNothingArrived();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ratings", "RATINGS.:9080"})
  void rule8_callHasAnotherAllowedAuthority_isForwarded(String authority) {
    call(address("127.0.0.1"), authority);

    assertThat(ratings.received("x-request-id")).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ratings:80@evil.example", "ratings,evil.example", "%2Ftmp%2Fsocket", ""})
  void rule8_authorityIsNoHost_nothingIsForwarded(String authority) {
    NameResolverRegistry registry = NameResolverRegistry.getDefaultRegistry();
    Mesh mesh = new Mesh(authority, ratings.port());
    registry.register(mesh);
    try {
      call(plaintext(NettyChannelBuilder.forTarget("mesh:///any")), null);
    } finally {
      registry.deregister(mesh);
    }

    assertNothingArrived();
  }

  @Test
  void rule8_channelWithoutAuthority_nothingIsForwarded() {
    Channel channel = new NoAuthority(ratings.build(address("127.0.0.1")));
    try (Scope scope = captured().makeCurrent()) {
      Calls.call(
          ClientInterceptors.intercept(
              channel, new TracingPropagationClientInterceptor(TO_RATINGS)));
    }

    assertNothingArrived();
  }

  /** What a resolver says is the authority, and not the address that it resolves to. */
  @Test
  void rule8_authorityOfAResolver_isTheHost() {
    NameResolverRegistry registry = NameResolverRegistry.getDefaultRegistry();
    Mesh mesh = new Mesh("ratings", ratings.port());
    registry.register(mesh);
    try {
      call(plaintext(NettyChannelBuilder.forTarget("mesh:///any")), null);
    } finally {
      registry.deregister(mesh);
    }

    assertThat(ratings.received("x-request-id")).containsExactly("a");
  }

  @Test
  void rule8_dnsTarget_isTheHost() {
    call(plaintext(NettyChannelBuilder.forTarget("dns:///localhost:" + ratings.port())), null);

    assertNothingArrived();
  }

  /** Whoever overrides the authority says who the peer is; with TLS the peer must prove it. */
  @Test
  void rule8_overriddenAuthority_isTheHost() {
    call(address("localhost").overrideAuthority("ratings"), null);

    assertThat(ratings.received("x-request-id")).containsExactly("a");
  }

  @Test
  void rule8_hostHeaderThatIsSetByHand_mustBeAllowedToo() {
    call(
        address("127.0.0.1"),
        null,
        it ->
            ClientInterceptors.intercept(
                it,
                MetadataUtils.newAttachHeadersInterceptor(
                    Calls.metadata("host: ratings", "host: evil.example"))));

    assertNothingArrived();
  }

  private void assertNothingArrived() {
    assertThat(ratings.received("x-request-id")).isEmpty();
    assertThat(ratings.received("authorization")).isEmpty();
  }

  private void call(ManagedChannelBuilder<?> builder, @Nullable String authority) {
    call(builder, authority, it -> it);
  }

  private void call(
      ManagedChannelBuilder<?> builder, @Nullable String authority, UnaryOperator<Channel> stub) {
    Channel channel =
        stub.apply(ratings.build(GrpcTracingPropagation.install(builder, TO_RATINGS)));
    CallOptions options = CallOptions.DEFAULT;
    try (Scope scope = captured().makeCurrent()) {
      ClientCalls.blockingUnaryCall(
          channel, Calls.UNARY, authority == null ? options : options.withAuthority(authority), "");
    }
  }

  private static Context captured() {
    return HeaderLines.extract(TO_RATINGS, List.of("x-request-id: a", "authorization: Bearer abc"));
  }

  private ManagedChannelBuilder<?> address(String host) {
    return plaintext(NettyChannelBuilder.forAddress(host, ratings.port()));
  }

  private static ManagedChannelBuilder<?> plaintext(ManagedChannelBuilder<?> builder) {
    return builder.usePlaintext();
  }

  private static final class NoAuthority extends Channel {
    private final Channel delegate;

    NoAuthority(Channel delegate) {
      this.delegate = delegate;
    }

    @Override
    public <ReqT, RespT> ClientCall<ReqT, RespT> newCall(
        MethodDescriptor<ReqT, RespT> method, CallOptions options) {
      return delegate.newCall(method, options);
    }

    @Override
    @SuppressWarnings("NullAway") // what the superclass does not forbid
    public String authority() {
      return null;
    }
  }

  /** Resolves each {@code mesh:} target to a port of this machine. */
  private static final class Mesh extends NameResolverProvider {
    private final String authority;
    private final int port;

    Mesh(String authority, int port) {
      this.authority = authority;
      this.port = port;
    }

    @Override
    protected boolean isAvailable() {
      return true;
    }

    @Override
    protected int priority() {
      return 5;
    }

    @Override
    public String getDefaultScheme() {
      return "mesh";
    }

    @Override
    public NameResolver newNameResolver(URI target, NameResolver.Args args) {
      return new NameResolver() {
        @Override
        public String getServiceAuthority() {
          return authority;
        }

        @Override
        @SuppressWarnings("deprecation") // its successor is newer than gRPC 1.63
        public void start(Listener2 listener) {
          listener.onResult(
              ResolutionResult.newBuilder()
                  .setAddresses(
                      List.of(
                          new EquivalentAddressGroup(
                              new InetSocketAddress(InetAddress.getLoopbackAddress(), port))))
                  .build());
        }

        @Override
        public void shutdown() {}
      };
    }
  }
}
