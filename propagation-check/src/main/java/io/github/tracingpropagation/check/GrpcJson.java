// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a message of gRPC that is given as JSON, by the descriptors of a file or of the service's
 * server reflection.
 */
final class GrpcJson {
  /** The later of them is served by fewer services. */
  private static final List<String> REFLECTION =
      List.of(
          "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
          "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo");

  interface Caller {
    /** Returns the response's first message, or null if the call fails. */
    byte @Nullable [] call(String path, byte[] message) throws InterruptedException;
  }

  private final Map<String, FileDescriptorProto> files = new HashMap<>();
  private final Map<String, FileDescriptor> built = new HashMap<>();
  private final @Nullable Caller reflection;

  private GrpcJson(@Nullable Caller reflection) {
    this.reflection = reflection;
  }

  /** Returns the descriptors that the service itself gives. */
  static GrpcJson of(Caller reflection) {
    return new GrpcJson(reflection);
  }

  /** Returns the descriptors of a file, as {@code protoc --descriptor_set_out} writes it. */
  static GrpcJson of(Path protoset) throws IOException {
    GrpcJson descriptors = new GrpcJson(null);
    try {
      FileDescriptorSet set = FileDescriptorSet.parseFrom(Files.readAllBytes(protoset));
      set.getFileList().forEach(file -> descriptors.files.put(file.getName(), file));
    } catch (IOException e) {
      throw new IOException("cannot read the descriptors of " + protoset, e);
    }
    return descriptors;
  }

  /**
   * Encodes a message.
   *
   * @param path the method, such as {@code /package.Service/Method}
   * @throws IllegalStateException if the method is not known, or its message has other fields
   */
  byte[] encode(String path, String json) throws InterruptedException {
    String[] names = path.substring(1).split("/", -1);
    if (names.length != 2) {
      throw cannot("the URI's path is not /package.Service/Method", null);
    }
    try {
      MethodDescriptor method = service(names[0]).findMethodByName(names[1]);
      if (method == null) {
        throw cannot(names[0] + " has no method " + names[1], null);
      }
      TypeRegistry.Builder types = TypeRegistry.newBuilder();
      built.values().forEach(file -> types.add(file.getMessageTypes()));
      DynamicMessage.Builder message = DynamicMessage.newBuilder(method.getInputType());
      JsonFormat.parser().usingTypeRegistry(types.build()).merge(json, message);
      return message.build().toByteArray();
    } catch (InvalidProtocolBufferException | DescriptorValidationException e) {
      throw cannot(String.valueOf(e.getMessage()), e);
    }
  }

  private ServiceDescriptor service(String name)
      throws InterruptedException, InvalidProtocolBufferException, DescriptorValidationException {
    ask(ServerReflectionRequest.newBuilder().setFileContainingSymbol(name).build());
    for (String file : List.copyOf(files.keySet())) {
      for (ServiceDescriptor service : file(file).getServices()) {
        if (service.getFullName().equals(name)) {
          return service;
        }
      }
    }
    throw cannot("there is no service " + name, null);
  }

  private FileDescriptor file(String name)
      throws InterruptedException, InvalidProtocolBufferException, DescriptorValidationException {
    FileDescriptor known = built.get(name);
    if (known != null) {
      return known;
    }
    if (!files.containsKey(name)) {
      ask(ServerReflectionRequest.newBuilder().setFileByFilename(name).build());
    }
    FileDescriptorProto file = files.get(name);
    if (file == null) {
      throw cannot("there is no " + name + " (write it with --include_imports)", null);
    }
    FileDescriptor[] imports = new FileDescriptor[file.getDependencyCount()];
    for (int i = 0; i < imports.length; i++) {
      imports[i] = file(file.getDependency(i));
    }
    FileDescriptor descriptor = FileDescriptor.buildFrom(file, imports);
    built.put(name, descriptor);
    return descriptor;
  }

  private void ask(ServerReflectionRequest request)
      throws InterruptedException, InvalidProtocolBufferException {
    if (reflection == null) {
      return;
    }
    byte[] answer = null;
    for (int i = 0; answer == null && i < REFLECTION.size(); i++) {
      answer = reflection.call(REFLECTION.get(i), request.toByteArray());
    }
    if (answer == null) {
      throw cannot("the service has no server reflection; give --protoset FILE", null);
    }
    for (ByteString bytes :
        ServerReflectionResponse.parseFrom(answer)
            .getFileDescriptorResponse() // empty if it does not know the symbol
            .getFileDescriptorProtoList()) {
      FileDescriptorProto file = FileDescriptorProto.parseFrom(bytes);
      files.put(file.getName(), file);
    }
  }

  private static IllegalStateException cannot(String why, @Nullable Exception cause) {
    return new IllegalStateException("The message cannot be encoded: " + why + ".", cause);
  }
}
