// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.runtime.GrpcServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 400 calls of each kind, 24 at once, a fifth of them without headers. */
@QuarkusTestResource(Downstream.class)
abstract class GrpcServicesContract {
  private static final String NONE = Downstream.NONE;

  @TestHTTPResource("/")
  URI http;

  @Inject GrpcServer grpc;

  private ManagedChannel channel;

  @BeforeEach
  void open() {
    channel =
        ManagedChannelBuilder.forAddress("localhost", grpc.getPort()).usePlaintext().build();
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(strings = {
        "Uni",
        "BlockingCall",
        "Memoized",
        "Parked",
        "Promise",
        "CallbackPromise",
        "Observed",
        "BlockingObserved"
      })
  void service_forwardsTheHeadersOfItsCall(String method) throws Exception {
    assertOwn(id -> call(method, id));
  }

  private String call(String method, String id) {
    return ClientCalls.blockingUnaryCall(
            channel(id), method(method), options(), Request.getDefaultInstance())
        .getIds();
  }

  /** Each message of a stream has the headers of its call. */
  @Test
  void stream_forwardsTheHeadersOfItsCall() throws Exception {
    assertOwn(
        id -> {
          List<String> ids = new ArrayList<>();
          ClientCalls.blockingServerStreamingCall(
                  channel(id), method("Each"), options(), Request.getDefaultInstance())
              .forEachRemaining(reply -> ids.add(reply.getIds()));
          return String.join(" ", ids);
        });
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void serviceOnAVirtualThread_forwardsTheHeadersOfItsCall() throws Exception {
    service_forwardsTheHeadersOfItsCall("VirtualThread");
  }

  /** Two messages in, two out. */
  @Test
  void bidirectionalStream_forwardsTheHeadersOfItsCall() throws Exception {
    assertOwn(
        id -> {
          List<String> ids = new CopyOnWriteArrayList<>();
          CompletableFuture<String> answer = new CompletableFuture<>();
          StreamObserver<Request> requests =
              ClientCalls.asyncBidiStreamingCall(
                  channel(id).newCall(method("Both"), options()),
                  new StreamObserver<Reply>() {
                    @Override
                    public void onNext(Reply reply) {
                      ids.add(reply.getIds());
                    }

                    @Override
                    public void onError(Throwable failure) {
                      answer.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {
                      answer.complete(String.join(" ", ids));
                    }
                  });
          requests.onNext(Request.getDefaultInstance());
          requests.onNext(Request.getDefaultInstance());
          requests.onCompleted();
          return answer.join();
        });
  }

  @Test
  void periodicTask_forwardsNothingOnceItsCallIsOver() {
    assertThat(call("Periodic", "over")).isEqualTo("ok");

    assertThat(call("Ticked", "other").split(" ")).containsOnly(NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"uni", "blocking", "parked", "stork", "vertx"})
  void resource_forwardsByGrpc(String path) throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    assertOwn(
        id -> {
          HttpRequest.Builder request = HttpRequest.newBuilder(http.resolve(path));
          if (!id.equals(NONE)) {
            request.header("x-request-id", id);
          }
          return client
              .sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
              .join()
              .body();
        });
  }

  private Channel channel(String id) {
    Metadata headers = new Metadata();
    if (!id.equals(NONE)) {
      headers.put(Downstream.REQUEST_ID, id);
    }
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  @SuppressWarnings("unchecked") // all methods have these types
  private static MethodDescriptor<Request, Reply> method(String name) {
    return (MethodDescriptor<Request, Reply>)
        Stream.of(CallingGrpc.getServiceDescriptor(), ObservingGrpc.getServiceDescriptor())
            .flatMap(service -> service.getMethods().stream())
            .filter(method -> name.equals(method.getBareMethodName()))
            .findFirst()
            .orElseThrow();
  }

  private static CallOptions options() {
    return CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  private static void assertOwn(Function<String, String> send) throws Exception {
    ExecutorService senders = Executors.newFixedThreadPool(24);
    try {
      List<Callable<String>> calls = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        String id = i % 5 == 0 ? NONE : "r" + i;
        calls.add(() -> id + " " + send.apply(id));
      }
      for (Future<String> answer : senders.invokeAll(calls)) {
        String[] ids = answer.get().split(" ");
        assertThat(ids).hasSizeGreaterThan(1).containsOnly(ids[0]);
      }
    } finally {
      senders.shutdownNow();
    }
  }
}
