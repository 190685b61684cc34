// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** Istio's own schemas, of the Go module istio.io/api: {@code .ci/istio-schema} writes the file. */
final class IstioSchema {
  static final IstioSchema MESH_CONFIG = new IstioSchema("istio.mesh.v1alpha1", "MeshConfig");
  static final IstioSchema PROXY_CONFIG = new IstioSchema("istio.mesh.v1alpha1", "ProxyConfig");
  static final IstioSchema TELEMETRY = new IstioSchema("istio.telemetry.v1alpha1", "Telemetry");

  private final Descriptor type;

  private IstioSchema(String protoPackage, String name) {
    this.type =
        Files.ALL.values().stream()
            .filter(file -> file.getPackage().equals(protoPackage))
            .map(file -> file.findMessageTypeByName(name))
            .filter(found -> found != null)
            .findFirst()
            .orElseThrow();
  }

  /** Parses the value as Istio does; an unknown field or a value of another type throws. */
  void validate(JsonNode value) throws InvalidProtocolBufferException {
    JsonFormat.parser().merge(value.toString(), DynamicMessage.newBuilder(type));
  }

  private static final class Files {
    static final Map<String, FileDescriptor> ALL = read();

    private static Map<String, FileDescriptor> read() {
      try (InputStream in = requireNonNull(IstioSchema.class.getResourceAsStream("istio.desc"))) {
        Map<String, FileDescriptor> files = new HashMap<>();
        for (FileDescriptorProto file : FileDescriptorSet.parseFrom(in).getFileList()) {
          FileDescriptor[] imports =
              file.getDependencyList().stream().map(files::get).toArray(FileDescriptor[]::new);
          files.put(file.getName(), FileDescriptor.buildFrom(file, imports));
        }
        return files;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
