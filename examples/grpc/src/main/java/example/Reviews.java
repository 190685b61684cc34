// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package example;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.grpc.GrpcTracingPropagation;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.net.InetSocketAddress;

public final class Reviews extends ReviewsServiceGrpc.ReviewsServiceImplBase {
  private final RatingsServiceGrpc.RatingsServiceBlockingStub ratings;

  private Reviews(ManagedChannel channel) {
    ratings = RatingsServiceGrpc.newBlockingStub(channel);
  }

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(System.getenv().getOrDefault("SERVER_PORT", "8080"));
    ManagedChannel channel =
        GrpcTracingPropagation.install(ManagedChannelBuilder.forTarget("localhost:" + port))
            .usePlaintext()
            .build();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress("localhost", port))
            .addService(new Reviews(channel))
            .addService(new Ratings());
    Server server = GrpcTracingPropagation.install(builder).build().start();
    server.awaitTermination();
  }

  @Override
  public void get(Request request, StreamObserver<Headers> response) {
    response.onNext(ratings.get(request));
    response.onCompleted();
  }

  /** Stands for another service: returns the headers that it receives. */
  private static final class Ratings extends RatingsServiceGrpc.RatingsServiceImplBase {
    @Override
    public void get(Request request, StreamObserver<Headers> response) {
      StringBuilder received = new StringBuilder();
      CapturedHeaders.current()
          .forEach((name, value) -> received.append(name).append(": ").append(value).append('\n'));
      response.onNext(Headers.newBuilder().setReceived(received.toString()).build());
      response.onCompleted();
    }
  }
}
