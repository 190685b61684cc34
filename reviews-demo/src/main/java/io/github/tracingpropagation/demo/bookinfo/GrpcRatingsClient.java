// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.bookinfo.proto.RatingsGrpc;
import io.github.tracingpropagation.demo.bookinfo.proto.RatingsRequest;
import io.github.tracingpropagation.grpc.GrpcTracingPropagation;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Calls ratings by gRPC, on a channel that the library is installed in. */
record GrpcRatingsClient(ManagedChannel channel, Duration timeout) implements RatingsClient {
  static GrpcRatingsClient create(URI ratings, Duration timeout, TracingPropagation propagation) {
    ManagedChannelBuilder<?> builder =
        ManagedChannelBuilder.forAddress(ratings.getHost(), ratings.getPort()).usePlaintext();
    return new GrpcRatingsClient(
        GrpcTracingPropagation.install(builder, propagation).build(), timeout);
  }

  @Override
  public Map<String, Integer> stars(int productId) throws IOException {
    try {
      return RatingsGrpc.newBlockingStub(channel)
          .withDeadlineAfter(timeout)
          .get(RatingsRequest.newBuilder().setProductId(productId).build())
          .getStarsByReviewerMap();
    } catch (StatusRuntimeException e) {
      throw new WrongAnswerException("gRPC status " + e.getStatus().getCode());
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
