// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A real server, which records the headers that it receives, and channels to it. */
final class TestServer implements AutoCloseable {
  private final Transport transport;
  private final Server server;
  private final Recorder recorder;
  private final List<ManagedChannel> channels = new CopyOnWriteArrayList<>();

  private TestServer(Transport transport, Server server, Recorder recorder) {
    this.transport = transport;
    this.server = server;
    this.recorder = recorder;
  }

  /** Starts a server over Netty that answers each request with an empty message. */
  static TestServer start() throws IOException {
    return start(Transport.NETTY, Transport.NETTY.server().addService(Calls.service(it -> "")));
  }

  /** Starts a server of a builder of the transport. */
  static TestServer start(Transport transport, ServerBuilder<?> builder) throws IOException {
    Recorder recorder = new Recorder();
    return new TestServer(transport, builder.intercept(recorder).build().start(), recorder);
  }

  int port() {
    return server.getPort();
  }

  /** Returns a builder of a channel to this server, at the address 127.0.0.1 or in process. */
  ManagedChannelBuilder<?> channel() {
    return transport.channel(server);
  }

  /** Returns a channel with interceptors, the first of which runs last. */
  Channel channel(ClientInterceptor... interceptors) {
    return build(channel().intercept(interceptors));
  }

  /** Returns a channel that is shut down with this server. */
  ManagedChannel build(ManagedChannelBuilder<?> builder) {
    ManagedChannel channel = builder.build();
    channels.add(channel);
    return channel;
  }

  /** Returns the headers of the calls so far. */
  List<Metadata> received() {
    return recorder.received;
  }

  /** Returns the values that the only call so far had for a header. */
  List<String> received(String name) {
    assertThat(received()).hasSize(1);
    return values(received().get(0), name);
  }

  /** Returns the values of a header. */
  static List<String> values(Metadata metadata, String name) {
    Iterable<String> values = metadata.getAll(Calls.key(name));
    List<String> lines = new ArrayList<>();
    (values == null ? Collections.<String>emptyList() : values).forEach(lines::add);
    return lines;
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    server.shutdownNow();
    try {
      for (ManagedChannel channel : channels) {
        assertThat(channel.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(server.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static final class Recorder implements ServerInterceptor {
    private final List<Metadata> received = new CopyOnWriteArrayList<>();

    @Override
    public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
        ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
      received.add(headers);
      return next.startCall(call, headers);
    }
  }
}
