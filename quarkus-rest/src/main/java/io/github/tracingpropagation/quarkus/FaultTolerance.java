// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.quarkus;

import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.inject.build.compatible.spi.MethodConfig;
import jakarta.enterprise.lang.model.AnnotationTarget;
import java.util.List;

/**
 * Adds {@link BoundToCaller} where a fault tolerance annotation is. By name, because an application
 * without SmallRye Fault Tolerance has no such annotations.
 */
public final class FaultTolerance implements BuildCompatibleExtension {
  private static final List<String> PACKAGES =
      List.of("org.eclipse.microprofile.faulttolerance.", "io.smallrye.faulttolerance.api.");

  /** For {@link java.util.ServiceLoader}. */
  public FaultTolerance() {}

  /**
   * Called when the application is built, for each class and each method.
   *
   * @param type the class
   */
  @Enhancement(types = Object.class, withSubtypes = true)
  public void bind(ClassConfig type) {
    if (isFaultTolerant(type.info())) {
      type.addAnnotation(BoundToCaller.class);
    }
    for (MethodConfig method : type.methods()) {
      if (isFaultTolerant(method.info())) {
        method.addAnnotation(BoundToCaller.class);
      }
    }
  }

  private static boolean isFaultTolerant(AnnotationTarget target) {
    return target.annotations().stream()
        .anyMatch(annotation -> PACKAGES.stream().anyMatch(annotation.name()::startsWith));
  }
}
