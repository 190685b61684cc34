// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that are called, and call, in other ways than by HTTP/1.1. */
class ProtocolsTest extends PropagationCheckTestCase {
  private static final Context.Key<List<String>> LINES = Context.key("lines");
  private static final String METHOD = "bookinfo.Reviews/Get";

  private final Set<String> versions = new ConcurrentSkipListSet<>();

  /**
   * What servers and clients of HTTP/2 let pass. The first request waits for gRPC and TLS to be
   * loaded, which takes a busy machine more than the default's 5 seconds.
   */
  private static PropagationCheckBuilder ordinary() {
    return quick()
        .settle(PATIENT)
        .timeout(Duration.ofSeconds(30))
        .providers(Provider.ZIPKIN, Provider.OPENTELEMETRY)
        .skip(Rule.HOSTILE, Rule.MALFORMED, Rule.REPEATED, Rule.REDIRECTS);
  }

  @Test
  void rightInHttp2_keepsTheRules() throws Exception {
    CheckReport report = reportOfMixing(() -> http2(Forwarding::right, null));

    assertThat(report.isKept()).as("%s", report).isTrue();
    assertThat(report.result(Rule.NOT_MIXED).outcome()).isEqualTo(CheckResult.Outcome.KEPT);
  }

  @Test
  void rightInHttp2OverTls_keepsTheRules(@TempDir Path folder) throws Exception {
    TestTls tls = TestTls.in(folder);
    CheckReport report = reportOfMixing(() -> http2(Forwarding::right, tls));

    assertThat(report.isKept()).as("%s", report).isTrue();
    assertThat(report.result(Rule.NOT_MIXED).outcome()).isEqualTo(CheckResult.Outcome.KEPT);
    assertThat(versions).containsExactly("HTTP/2 from check", "h2 to check");
  }

  @Test
  void sharedHeadersInHttp2OverTls_breakNotMixed(@TempDir Path folder) throws Exception {
    assertThat(http2(global(), TestTls.in(folder)).broken()).contains(Rule.NOT_MIXED);
  }

  @Test
  void sharedHeadersInHttp2_breakNotMixed() throws Exception {
    assertThat(http2(global(), null).broken()).contains(Rule.NOT_MIXED);
  }

  /** Returns forwarding that keeps a request's headers where others are kept, too. */
  private static UnaryOperator<List<String>> global() {
    AtomicReference<List<String>> last = new AtomicReference<>(List.of());
    return in -> {
      last.set(Forwarding.right(in));
      LockSupport.parkNanos(3_000_000); // Others run.
      return last.get();
    };
  }

  /** The service is requested by HTTP/2, and calls so: with TLS, or with prior knowledge. */
  private CheckReport http2(UnaryOperator<List<String>> forwarding, @Nullable TestTls tls)
      throws Exception {
    List<Protocol> protocols =
        tls == null
            ? List.of(Protocol.H2_PRIOR_KNOWLEDGE)
            : List.of(Protocol.HTTP_2, Protocol.HTTP_1_1); // which TLS negotiates
    OkHttpClient.Builder builder = new OkHttpClient.Builder().protocols(protocols);
    PropagationCheckBuilder options = ordinary().http2();
    check.close();
    try (MockWebServer service = new MockWebServer()) {
      if (tls != null) {
        builder.sslSocketFactory(tls.context().getSocketFactory(), tls.trust());
        options.downstreamKeyStore(tls.store(), "changeit").trust(tls.certificate());
        service.useHttps(tls.context().getSocketFactory());
      }
      OkHttpClient client = builder.build();
      check = options.start();
      service.setProtocols(protocols);
      service.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              versions.add(request.getVersion() + " from check");
              List<String> out = forwarding.apply(lines(request.getHeaders()));
              return new MockResponse.Builder().code(send(client, check.uri(), out)).build();
            }
          });
      service.start();
      return check.check(service.url("/reviews/0").toString());
    }
  }

  private static List<String> lines(Headers headers) {
    List<String> lines = new ArrayList<>();
    headers.forEach(header -> lines.add(header.getFirst() + ": " + header.getSecond()));
    return lines;
  }

  private int send(OkHttpClient client, URI uri, List<String> lines) {
    Request.Builder request = new Request.Builder().url(uri.toString());
    for (String line : lines) {
      String name = HeaderLine.name(line);
      request.header(name, HeaderLine.value(line, name));
    }
    try (okhttp3.Response response = client.newCall(request.build()).execute()) {
      versions.add(response.protocol() + " to check");
      return response.code();
    } catch (IOException e) {
      return 500;
    }
  }

  @Test
  void rightInGrpc_keepsTheRules() throws Exception {
    CheckReport report = reportOfMixing(() -> grpc(in -> Forwarding.right(in)));

    assertThat(report.isKept()).as("%s", report).isTrue();
    assertThat(report.result(Rule.NOT_MIXED).outcome()).isEqualTo(CheckResult.Outcome.KEPT);
  }

  @Test
  void noneInGrpc_breakFamilies() throws Exception {
    assertThat(grpc(in -> List.of()).broken()).containsExactly(Rule.FAMILIES, Rule.REQUEST_ID);
  }

  @Test
  void sharedHeadersInGrpc_breakNotMixed() throws Exception {
    assertThat(grpc(global()).broken()).contains(Rule.NOT_MIXED);
  }

  /** The service is a method of gRPC, and calls another one. */
  private CheckReport grpc(UnaryOperator<List<String>> forwarding) throws Exception {
    check.close();
    check = ordinary().grpc().start();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", check.port()).usePlaintext().build();
    MethodDescriptor<byte[], byte[]> get = method(METHOD);
    ServerServiceDefinition service =
        ServerServiceDefinition.builder("bookinfo.Reviews")
            .addMethod(
                get,
                ServerCalls.asyncUnaryCall(
                    (message, response) -> {
                      try {
                        Channel with = with(channel, forwarding.apply(LINES.get()));
                        response.onNext(
                            ClientCalls.blockingUnaryCall(
                                with,
                                method("bookinfo.Ratings/Get"),
                                CallOptions.DEFAULT,
                                message));
                        response.onCompleted();
                      } catch (RuntimeException e) {
                        response.onError(Status.fromThrowable(e).asRuntimeException());
                      }
                    }))
            .build();
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(ServerInterceptors.intercept(service, new Capturing()))
            .build()
            .start();
    try {
      return check.check("http://127.0.0.1:" + server.getPort() + "/" + METHOD);
    } finally {
      server.shutdownNow();
      channel.shutdownNow();
    }
  }

  /** Keeps the metadata of a call as header lines. */
  private static final class Capturing implements ServerInterceptor {
    @Override
    public <I, O> ServerCall.Listener<I> interceptCall(
        ServerCall<I, O> call, Metadata metadata, ServerCallHandler<I, O> next) {
      List<String> lines = new ArrayList<>();
      for (String name : metadata.keys()) {
        if (!name.endsWith("-bin")) {
          lines.add(name + ": " + metadata.get(key(name)));
        }
      }
      return Contexts.interceptCall(
          Context.current().withValue(LINES, lines), call, metadata, next);
    }
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private static Channel with(Channel channel, List<String> lines) {
    Metadata metadata = new Metadata();
    for (String line : lines) {
      String name = HeaderLine.name(line);
      metadata.put(key(name), HeaderLine.value(line, name));
    }
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
  }

  private static MethodDescriptor<byte[], byte[]> method(String name) {
    return MethodDescriptor.newBuilder(new Bytes(), new Bytes())
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(name)
        .build();
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
