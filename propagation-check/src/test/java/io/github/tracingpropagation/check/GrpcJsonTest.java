// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.channelz.v1.ChannelzProto;
import io.grpc.channelz.v1.GetServerRequest;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.health.v1.HealthProto;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A method of gRPC whose message is given as JSON. */
class GrpcJsonTest extends PropagationCheckTestCase {
  static final String METHOD = "/grpc.health.v1.Health/Check";

  /** What the service was asked for. */
  private final Set<String> asked = new ConcurrentSkipListSet<>();

  @SuppressWarnings("deprecation") // many services still serve it alone
  static Stream<BindableService> reflection() {
    return Stream.of(ProtoReflectionServiceV1.newInstance(), ProtoReflectionService.newInstance());
  }

  @ParameterizedTest
  @MethodSource("reflection")
  void message_isEncodedByServerReflection(BindableService reflection) throws Exception {
    check.close();
    check = families().body("application/json", "{\"service\": \"caf\u00e9\"}").grpc().start();
    Server server = server(check.uri(), reflection);
    try {
      check.check(uri(server));
      assertThat(asked).containsExactly("caf\u00e9");
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void messageOfAnotherType_isRefused() throws Exception {
    check.close();
    check = families().body("application/json", "{\"servce\": 1}").grpc().start();
    Server server = server(check.uri(), ProtoReflectionServiceV1.newInstance());
    try {
      assertThatIllegalStateException()
          .isThrownBy(() -> check.check(uri(server)))
          .withMessageContaining("The message cannot be encoded: ")
          .withMessageContaining("servce");
      assertThatIllegalStateException()
          .isThrownBy(() -> check.check(uri(server) + "s"))
          .withMessageContaining("grpc.health.v1.Health has no method Checks");
      assertThatIllegalStateException()
          .isThrownBy(() -> check.check(uri(server).replace("Health/", "Wealth/")))
          .withMessageContaining("grpc.health.v1.Wealth");
      assertThatIllegalStateException()
          .isThrownBy(() -> check.check(uri(server).replace(METHOD, "/")))
          .withMessageContaining("not /package.Service/Method");
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void serviceWithoutReflection_needsDescriptors(@TempDir Path folder) throws Exception {
    int port = freePort();
    Path descriptors = folder.resolve("health.protoset");
    Files.write(descriptors, set(HealthProto.getDescriptor()).toByteArray());
    Path message = Files.writeString(folder.resolve("message.json"), "{\"service\": \"reviews\"}");
    Path encoded = folder.resolve("message.pb");
    Files.write(encoded, HealthCheckRequest.newBuilder().setService("pb").build().toByteArray());
    Server server = server(URI.create("http://127.0.0.1:" + port));
    try {
      assertThat(run(server, port, "--grpc", "-d", "{}"))
          .contains("the service has no server reflection; give --protoset FILE");
      assertThat(run(server, port, "--protoset=" + descriptors, "-d", "@" + message))
          .contains("every header of the provider");
      run(server, port, "--grpc", "-d", "@" + encoded);
      run(server, port, "--grpc");
      assertThat(asked).containsExactly("", "pb", "reviews");
    } finally {
      server.shutdownNow();
    }
  }

  /** Returns what the command line prints. */
  private static String run(Server server, int port, String... more) {
    StringWriter out = new StringWriter();
    List<String> args =
        Stream.concat(
                Stream.of(uri(server), "--downstream=" + port, "--only=families", "--timeout=120"),
                Stream.of(more))
            .toList();
    Main.run(args, new PrintWriter(out), new PrintWriter(out), Duration.ofMillis(500));
    return out.toString();
  }

  /** Some services return one file at a time. */
  @Test
  void importedFiles_areAskedForByName() throws Exception {
    Set<String> names = new ConcurrentSkipListSet<>();
    GrpcJson.Caller oneByOne =
        (path, message) -> {
          ServerReflectionRequest request = parse(message);
          names.add(request.getFileByFilename());
          FileDescriptor file =
              Stream.concat(
                      Stream.of(ChannelzProto.getDescriptor()),
                      ChannelzProto.getDescriptor().getDependencies().stream())
                  .filter(it -> it.getName().equals(request.getFileByFilename()))
                  .findAny()
                  .orElse(ChannelzProto.getDescriptor());
          ServerReflectionResponse.Builder response = ServerReflectionResponse.newBuilder();
          response
              .getFileDescriptorResponseBuilder()
              .addFileDescriptorProto(file.toProto().toByteString());
          return response.build().toByteArray();
        };

    assertThat(
            GrpcJson.of(oneByOne)
                .encode("/grpc.channelz.v1.Channelz/GetServer", "{\"server_id\": 7}"))
        .isEqualTo(GetServerRequest.newBuilder().setServerId(7).build().toByteArray());
    assertThat(names).contains("google/protobuf/timestamp.proto");
  }

  private static ServerReflectionRequest parse(byte[] message) {
    try {
      return ServerReflectionRequest.parseFrom(message);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void unusableDescriptors_areNamed(@TempDir Path folder) throws Exception {
    Path text = Files.writeString(folder.resolve("health.proto"), "syntax = \"proto3\";");
    Path lacking = folder.resolve("channelz.protoset");
    Files.write(lacking, set(ChannelzProto.getDescriptor()).toByteArray());

    assertThatIOException()
        .isThrownBy(() -> families().grpc(text).start())
        .withMessageContaining("cannot read the descriptors of " + text);
    assertThatIllegalStateException()
        .isThrownBy(() -> GrpcJson.of(lacking).encode("/grpc.channelz.v1.Channelz/GetServer", "{}"))
        .withMessageContaining("(write it with --include_imports)");
    assertThatIllegalStateException()
        .isThrownBy(() -> GrpcJson.of(lacking).encode("/a.B/C", "{}"))
        .withMessageContaining("there is no");
  }

  private static FileDescriptorSet set(FileDescriptor file) {
    return FileDescriptorSet.newBuilder().addFile(file.toProto()).build();
  }

  private static PropagationCheckBuilder families() {
    return quick().only(Rule.FAMILIES).timeout(Duration.ofSeconds(60));
  }

  private static String uri(Server server) {
    return "http://127.0.0.1:" + server.getPort() + METHOD;
  }

  private Server server(URI dependency, BindableService... more) throws IOException {
    return start(asked, dependency, more);
  }

  /** Starts a service with server reflection that calls its dependency without headers. */
  static Server server(Set<String> asked, URI dependency) throws IOException {
    return start(asked, dependency, ProtoReflectionServiceV1.newInstance());
  }

  private static Server start(Set<String> asked, URI dependency, BindableService... more)
      throws IOException {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .addService(
                new HealthGrpc.HealthImplBase() {
                  @Override
                  public void check(
                      HealthCheckRequest request, StreamObserver<HealthCheckResponse> response) {
                    asked.add(request.getService());
                    callQuietly(dependency, List.of());
                    response.onNext(HealthCheckResponse.getDefaultInstance());
                    response.onCompleted();
                  }
                });
    Stream.of(more).forEach(builder::addService);
    return builder.build().start();
  }
}
