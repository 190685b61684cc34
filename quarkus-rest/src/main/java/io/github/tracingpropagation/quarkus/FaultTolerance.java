// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.quarkus;

import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.inject.build.compatible.spi.MethodConfig;
import jakarta.enterprise.lang.model.AnnotationTarget;
import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Adds {@link BoundToCaller} where a fault tolerance annotation is. By name, because an application
 * without SmallRye Fault Tolerance has no such annotations.
 */
public final class FaultTolerance implements BuildCompatibleExtension {
  private static final List<Class<? extends Annotation>> ANNOTATIONS =
      Stream.of(
              "org.eclipse.microprofile.faulttolerance.Asynchronous",
              "org.eclipse.microprofile.faulttolerance.Bulkhead",
              "org.eclipse.microprofile.faulttolerance.CircuitBreaker",
              "org.eclipse.microprofile.faulttolerance.Fallback",
              "org.eclipse.microprofile.faulttolerance.Retry",
              "org.eclipse.microprofile.faulttolerance.Timeout",
              "io.smallrye.faulttolerance.api.ApplyFaultTolerance",
              "io.smallrye.faulttolerance.api.ApplyGuard",
              "io.smallrye.faulttolerance.api.AsynchronousNonBlocking",
              "io.smallrye.faulttolerance.api.RateLimit")
          .flatMap(FaultTolerance::find)
          .toList();

  /** For {@link java.util.ServiceLoader}. */
  public FaultTolerance() {}

  /**
   * Called when the application is built, for each class and each method.
   *
   * @param type the class
   */
  @Enhancement(types = Object.class, withSubtypes = true)
  public void bind(ClassConfig type) {
    if (ANNOTATIONS.isEmpty()) {
      return;
    }
    if (isFaultTolerant(type.info())) {
      type.addAnnotation(BoundToCaller.class);
    }
    for (MethodConfig method : methods(type)) {
      if (isFaultTolerant(method.info())) {
        method.addAnnotation(BoundToCaller.class);
      }
    }
  }

  /**
   * Returns none if a supertype is not on the class path: Quarkus fails there. So it does for this
   * module's classes in an application without gRPC.
   */
  private static Collection<MethodConfig> methods(ClassConfig type) {
    try {
      return type.methods();
    } catch (NullPointerException e) {
      return List.of();
    }
  }

  /** Asks for each by itself: other annotations of the class may be in no index. */
  private static boolean isFaultTolerant(AnnotationTarget target) {
    return ANNOTATIONS.stream().anyMatch(target::hasAnnotation);
  }

  private static Stream<Class<? extends Annotation>> find(String name) {
    try {
      Class<?> type = Class.forName(name, false, FaultTolerance.class.getClassLoader());
      return Stream.of(type.asSubclass(Annotation.class));
    } catch (ClassNotFoundException | LinkageError e) {
      return Stream.empty();
    }
  }
}
