// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.client.GlobalClientInterceptor;
import org.springframework.grpc.client.GrpcChannelFactory;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.grpc.server.lifecycle.GrpcServerStartedEvent;

/** An application with a service of Spring gRPC that calls another one, of the same server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpringGrpcTest {
  private static final int CALLS = 400;
  private static final Metadata.Key<String> REQUEST_ID =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);
  private static final MethodDescriptor<String, String> ID = method(MethodType.UNARY, "id");
  private static final MethodDescriptor<String, String> B3 = method(MethodType.UNARY, "b3");
  private static final MethodDescriptor<String, String> NEXT_B3 =
      method(MethodType.UNARY, "next-b3");
  private static final MethodDescriptor<String, String> BLOCKING =
      method(MethodType.UNARY, "blocking");
  private static final MethodDescriptor<String, String> ASYNC = method(MethodType.UNARY, "async");
  private static final MethodDescriptor<String, String> THROWING =
      method(MethodType.UNARY, "throwing");
  private static final MethodDescriptor<String, String> STREAM =
      method(MethodType.SERVER_STREAMING, "stream");
  private static final MethodDescriptor<String, String> BOTH_STREAM =
      method(MethodType.BIDI_STREAMING, "both-stream");
  private static final MethodDescriptor<String, String> IDS =
      method(MethodType.BIDI_STREAMING, "ids");
  private static final MethodDescriptor<String, String> SOCKET =
      method(MethodType.UNARY, "socket");

  private final ConfigurableApplicationContext application = start();
  private final ExecutorService clients = Executors.newFixedThreadPool(8);
  private ManagedChannel channel;

  private static ConfigurableApplicationContext start(String... properties) {
    return new SpringApplicationBuilder(Application.class)
        .properties(
            "spring.main.banner-mode=off",
            "spring.kafka.listener.auto-startup=false",
            "spring.grpc.server.inprocess.name=calls")
        .properties(properties)
        .run();
  }

  @BeforeAll
  void connect() {
    channel = InProcessChannelBuilder.forName("calls").build();
  }

  @AfterAll
  void stop() {
    channel.shutdownNow();
    clients.shutdownNow();
    application.close();
  }

  @EnableAutoConfiguration(
      excludeName = {
        "org.springframework.boot.autoconfigure.kafka.KafkaAutoConfiguration",
        "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration"
      })
  static class Application {

    /** Fails a call of which it does not have the headers. */
    @Bean
    @GlobalServerInterceptor
    @Order(0)
    ServerInterceptor ownServerInterceptor() {
      return new ServerInterceptor() {
        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
          String arrived = headers.get(REQUEST_ID);
          if (!Ids.current().equals(arrived == null ? Ids.NONE : arrived)
              && !"off".equals(arrived)) {
            throw new AssertionError();
          }
          return next.startCall(call, headers);
        }
      };
    }

    /** As a tracer, which sets its own header of a family. */
    @Bean
    @GlobalClientInterceptor
    @Order(0)
    ClientInterceptor ownClientInterceptor() {
      Metadata own = new Metadata();
      own.put(Metadata.Key.of("x-b3-sampled", Metadata.ASCII_STRING_MARSHALLER), "0");
      return MetadataUtils.newAttachHeadersInterceptor(own);
    }

    @Bean
    Socket socket(GrpcChannelFactory channels) {
      return new Socket(channels);
    }

    @Bean
    BindableService calls(
        GrpcChannelFactory channels,
        Socket socket,
        @Value("${spring.grpc.server.inprocess.name}") String name) {
      return () -> service(channels, "in-process:" + name, socket);
    }
  }

  /** A channel to the server that listens, beside the one in the process. */
  static final class Socket {
    private final GrpcChannelFactory channels;
    private volatile Channel channel;

    Socket(GrpcChannelFactory channels) {
      this.channels = channels;
    }

    @EventListener
    void started(GrpcServerStartedEvent event) {
      if (event.getPort() > 0) {
        channel = channels.createChannel("127.0.0.1:" + event.getPort());
      }
    }
  }

  private static ServerServiceDefinition service(
      GrpcChannelFactory channels, String self, Socket socket) {
    Channel next = channels.createChannel(self);
    return ServerServiceDefinition.builder("calls")
        .addMethod(
            SOCKET,
            ServerCalls.asyncUnaryCall((request, out) -> answer(out, twice(socket.channel))))
        .addMethod(
            BOTH_STREAM,
            ServerCalls.asyncBidiStreamingCall(
                out ->
                    ClientCalls.asyncBidiStreamingCall(
                        next.newCall(IDS, CallOptions.DEFAULT), out)))
        .addMethod(
            IDS,
            ServerCalls.asyncBidiStreamingCall(
                out -> new Each(request -> out.onNext(Ids.current()), out::onCompleted)))
        .addMethod(ID, ServerCalls.asyncUnaryCall((request, out) -> answer(out, Ids.current())))
        .addMethod(
            B3,
            ServerCalls.asyncUnaryCall(
                (request, out) -> answer(out, "" + CapturedHeaders.current().get("b3"))))
        .addMethod(
            NEXT_B3, ServerCalls.asyncUnaryCall((request, out) -> answer(out, call(next, B3))))
        .addMethod(
            BLOCKING, ServerCalls.asyncUnaryCall((request, out) -> answer(out, twice(next))))
        .addMethod(
            THROWING,
            ServerCalls.asyncUnaryCall(
                (request, out) -> {
                  throw new IllegalStateException(twice(next));
                }))
        .addMethod(
            STREAM,
            ServerCalls.asyncServerStreamingCall(
                (request, out) -> {
                  out.onNext(twice(next));
                  answer(out, twice(next));
                }))
        .addMethod(
            ASYNC,
            ServerCalls.asyncUnaryCall(
                (request, out) ->
                    ClientCalls.asyncUnaryCall(
                        next.newCall(ID, CallOptions.DEFAULT),
                        "",
                        new Each(
                            first -> answer(out, first + " " + call(next, ID)), () -> {}))))
        .build();
  }

  private static void answer(StreamObserver<String> out, String text) {
    out.onNext(text);
    out.onCompleted();
  }

  private static String twice(Channel channel) {
    return call(channel, ID) + " " + call(channel, ID);
  }

  private static String call(Channel channel, MethodDescriptor<String, String> method) {
    return ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"blocking", "async", "socket", "stream", "both-stream"})
  void callsOfManyRequests_forwardTheirOwnHeaders(String kind) throws Exception {
    List<Future<List<String>>> answers = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      String id = Ids.of(i);
      answers.add(clients.submit(() -> answers(kind, from(id))));
    }

    for (int i = 0; i < CALLS; i++) {
      assertThat(answers.get(i).get(60, TimeUnit.SECONDS))
          .isNotEmpty()
          .containsOnly(Ids.of(i) + " " + Ids.of(i));
    }
  }

  private static List<String> answers(String kind, Channel channel) {
    return switch (kind) {
      case "blocking" -> List.of(call(channel, BLOCKING));
      case "async" -> List.of(call(channel, ASYNC));
      case "socket" -> List.of(call(channel, SOCKET));
      case "stream" -> {
        List<String> answers = new ArrayList<>();
        ClientCalls.blockingServerStreamingCall(channel, STREAM, CallOptions.DEFAULT, "")
            .forEachRemaining(answers::add);
        yield answers;
      }
      default -> List.of(String.join(" ", idsOfTwoMessages(channel)));
    };
  }

  private static List<String> idsOfTwoMessages(Channel channel) {
    List<String> answers = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch completed = new CountDownLatch(1);
    StreamObserver<String> requests =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(BOTH_STREAM, CallOptions.DEFAULT),
            new Each(answers::add, completed::countDown));
    requests.onNext("");
    requests.onNext("");
    requests.onCompleted();
    try {
      assertThat(completed.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return answers;
  }

  @Test
  void serviceThatThrows_leavesNothing() {
    for (int i = 0; i < 20; i++) {
      try {
        call(from("thrown"), THROWING);
      } catch (StatusRuntimeException e) {
        // as expected
      }
      assertThat(call(channel, BLOCKING)).isEqualTo("none none");
    }
  }

  @Test
  void headerOfAnotherInterceptor_keepsItsFamilyOut() {
    Metadata b3 = new Metadata();
    b3.put(Metadata.Key.of("b3", Metadata.ASCII_STRING_MARSHALLER), "1");
    Channel client =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(b3));
    assertThat(call(client, B3)).isEqualTo("1");
    assertThat(call(client, NEXT_B3)).isEqualTo("null");
  }

  /** The authority of a channel is its host. */
  @Test
  void hostsAreNamed_otherChannelsForwardNothing() {
    try (ConfigurableApplicationContext named =
        start(
            "tracing.propagation.forward-to=127.0.0.1", "spring.grpc.server.inprocess.name=named")) {
      ManagedChannel toIt = InProcessChannelBuilder.forName("named").build();
      try {
        assertThat(call(with("abc", toIt), SOCKET)).isEqualTo("abc abc");
        assertThat(call(with("abc", toIt), BLOCKING)).isEqualTo("none none");
      } finally {
        toIt.shutdownNow();
      }
    }
  }

  @Test
  void switchedOff_nothingIsForwarded() {
    try (ConfigurableApplicationContext off =
        start(
            "tracing.propagation.beans.grpc=false", "spring.grpc.server.inprocess.name=off")) {
      ManagedChannel toIt = InProcessChannelBuilder.forName("off").build();
      try {
        assertThat(call(with("off", toIt), ID)).isEqualTo(Ids.UNKNOWN);
      } finally {
        toIt.shutdownNow();
      }
    }
    assertThat(call(from("abc"), ID)).isEqualTo("abc");
  }

  /** Returns a channel of a client whose requests have this id, or none. */
  private Channel from(String id) {
    return with(id, channel);
  }

  private static Channel with(String id, Channel channel) {
    Metadata metadata = new Metadata();
    if (!id.equals(Ids.NONE)) {
      metadata.put(REQUEST_ID, id);
    }
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
  }

  private static MethodDescriptor<String, String> method(MethodType type, String name) {
    return MethodDescriptor.<String, String>newBuilder(new Text(), new Text())
        .setType(type)
        .setFullMethodName("calls/" + name)
        .build();
  }

  private static final class Text implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String text) {
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream in) {
      try {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private record Each(Consumer<String> consumer, Runnable end) implements StreamObserver<String> {
    @Override
    public void onNext(String value) {
      consumer.accept(value);
    }

    @Override
    public void onError(Throwable failure) {
      consumer.accept(failure.toString());
    }

    @Override
    public void onCompleted() {
      end.run();
    }
  }
}
