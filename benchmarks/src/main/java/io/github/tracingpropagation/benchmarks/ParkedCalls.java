// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.grpc.GrpcTracingPropagation;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints the bytes of heap that a gRPC call retains while it waits for a response, in process:
 * without this library, and with it in the server and in the channel. Both ends of each call count.
 *
 * <p>Each call has headers of its own, as each request has.
 */
public final class ParkedCalls {
  private static final int CALLS = 100_000;

  private ParkedCalls() {}

  /** Prints one line without this library and one with it, for each arrival; takes the number. */
  public static void main(String... args) throws Exception {
    int calls = args.length == 0 ? CALLS : Integer.parseInt(args[0]);
    for (Arrival arrival : List.of(Arrival.TYPICAL, Arrival.NONE)) {
      long without = bytes(arrival, calls, false);
      long with = bytes(arrival, calls, true);
      System.out.printf(
          "%-10s %,d calls: %,6d bytes each, with this library %,6d: %+,d%n",
          arrival, calls, without, with, with - without);
    }
  }

  /** Returns the bytes that each of so many calls retains. */
  static long bytes(Arrival arrival, int calls, boolean ours) throws Exception {
    Parked parked = new Parked();
    ServerBuilder<?> server =
        InProcessServerBuilder.forName("parked").directExecutor().addService(parked.service());
    ManagedChannelBuilder<?> channelBuilder =
        InProcessChannelBuilder.forName("parked").directExecutor();
    if (ours) {
      GrpcTracingPropagation.install(server, TracingPropagation.create());
      GrpcTracingPropagation.install(channelBuilder, TracingPropagation.create());
    }
    Server started = server.build().start();
    ManagedChannel channel = channelBuilder.build();
    List<ClientCall<String, String>> open = new ArrayList<>(calls);
    try {
      open.add(call(channel, arrival)); // creates what all calls share
      long before = usedHeap();
      for (int i = 1; i <= calls; i++) {
        open.add(call(channel, arrival));
      }
      long bytes = (usedHeap() - before) / calls;
      if (parked.calls.size() != calls + 1) {
        throw new IllegalStateException("parked: " + parked.calls.size());
      }
      return bytes;
    } finally {
      Reference.reachabilityFence(open);
      channel.shutdownNow();
      started.shutdownNow().awaitTermination();
    }
  }

  /** Starts a call whose headers are new strings, as a transport makes them. */
  private static ClientCall<String, String> call(ManagedChannel channel, Arrival arrival) {
    ClientCall<String, String> call = channel.newCall(GrpcChannel.METHOD, CallOptions.DEFAULT);
    Metadata metadata = new Metadata();
    arrival.headers().forEach((name, value) -> GrpcChannel.put(metadata, name, new String(value)));
    call.start(new ClientCall.Listener<>() {}, metadata);
    call.request(1);
    call.sendMessage("");
    call.halfClose();
    return call;
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Answers nothing. */
  private static final class Parked {
    private final List<Object> calls = new ArrayList<>();

    ServerServiceDefinition service() {
      return ServerServiceDefinition.builder("Ratings")
          .addMethod(
              GrpcChannel.METHOD,
              (call, headers) -> {
                call.request(1);
                calls.add(call);
                return new ServerCall.Listener<>() {};
              })
          .build();
    }
  }
}
