// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

/** The methods that define beans. */
final class FactoryMethods {
  private FactoryMethods() {}

  /** Returns the method that defines a bean, or null if it is defined in another way. */
  static @Nullable Method of(ConfigurableListableBeanFactory beans, String name) {
    return beans.containsBeanDefinition(name)
            && beans.getMergedBeanDefinition(name) instanceof RootBeanDefinition definition
        ? definition.getResolvedFactoryMethod()
        : null;
  }
}
