// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.commons.support.AnnotationSupport.findAnnotatedMethods;
import static org.junit.platform.commons.support.AnnotationSupport.isAnnotated;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * Fails each class, in every module, that overrides a test without the annotation of a test: JUnit
 * would leave that test out without a word. {@link Quirk} shows how a class says what differs.
 */
public final class OverriddenTestsExtension implements BeforeAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) {
    Class<?> test = context.getRequiredTestClass();
    assertThat(leftOut(test))
        .as("tests that %s overrides without their annotation", test)
        .isEmpty();
  }

  /** Returns the tests that a class inherits, but JUnit does not run. */
  static List<Method> leftOut(Class<?> test) {
    List<Method> run = findAnnotatedMethods(test, Testable.class, HierarchyTraversalMode.BOTTOM_UP);
    return Stream.<Class<?>>iterate(test, type -> type != null, Class::getSuperclass)
        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
        .filter(method -> isAnnotated(method, Testable.class))
        .filter(method -> run.stream().noneMatch(it -> haveOneSignature(it, method)))
        .toList();
  }

  private static boolean haveOneSignature(Method one, Method two) {
    return one.getName().equals(two.getName())
        && Arrays.equals(one.getParameterTypes(), two.getParameterTypes());
  }
}
