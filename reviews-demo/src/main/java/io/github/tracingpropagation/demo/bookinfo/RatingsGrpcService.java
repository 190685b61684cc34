// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import io.github.tracingpropagation.demo.bookinfo.proto.RatingsGrpc;
import io.github.tracingpropagation.demo.bookinfo.proto.RatingsReply;
import io.github.tracingpropagation.demo.bookinfo.proto.RatingsRequest;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Map;

/**
 * The ratings of a product by gRPC. It has no code for tracing: the interceptor does that. Threads
 * may share it.
 */
final class RatingsGrpcService extends RatingsGrpc.RatingsImplBase {
  private final Ratings ratings;

  RatingsGrpcService(Ratings ratings) {
    this.ratings = ratings;
  }

  @Override
  public void get(RatingsRequest request, StreamObserver<RatingsReply> reply) {
    String value = ratings.get(BigInteger.valueOf(request.getProductId()));
    if (value == null) {
      reply.onError(Status.UNAVAILABLE.asException());
      return;
    }
    try {
      Map<String, Integer> stars = RatingsClient.parse(Json.MAPPER.readTree(value));
      reply.onNext(RatingsReply.newBuilder().putAllStarsByReviewer(stars).build());
      reply.onCompleted();
    } catch (IOException e) { // what was posted has other values than numbers
      reply.onError(Status.FAILED_PRECONDITION.asException());
    }
  }
}
