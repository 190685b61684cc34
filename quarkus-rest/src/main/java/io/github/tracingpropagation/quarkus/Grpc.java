// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.quarkus;

import jakarta.enterprise.inject.Vetoed;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;

/** Takes the gRPC interceptors out of an application that has no gRPC of Quarkus. */
public final class Grpc implements BuildCompatibleExtension {
  /** For {@link java.util.ServiceLoader}. */
  public Grpc() {}

  /**
   * Called when the application is built.
   *
   * @param interceptors the class that produces them
   */
  @Enhancement(types = GrpcInterceptors.class)
  public void veto(ClassConfig interceptors) {
    try {
      Class.forName("io.quarkus.grpc.GlobalInterceptor", false, Grpc.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      interceptors.addAnnotation(Vetoed.class);
    }
  }
}
