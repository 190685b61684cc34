// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.beans.BeansException;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;

/**
 * Makes those beans of the application forward that Spring Cloud balances. Spring Boot's
 * customizers do not see them if the application builds them without Spring Boot's builders.
 */
record LoadBalancedBeans(ConfigurableListableBeanFactory beans, List<Kind<?>> kinds)
    implements BeanPostProcessor {
  /** For conditions, since it need not be on the class path. */
  static final String ANNOTATION = "org.springframework.cloud.client.loadbalancer.LoadBalanced";

  /**
   * A kind of beans.
   *
   * @param forwarding returns a bean that forwards, the same one or another
   */
  record Kind<T>(Class<T> type, UnaryOperator<T> forwarding) {
    private Object forwarding(Object bean) {
      return forwarding.apply(type.cast(bean));
    }
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    for (Kind<?> kind : kinds) {
      if (kind.type.isInstance(bean) && isLoadBalanced(name)) {
        return kind.forwarding(bean);
      }
    }
    return bean;
  }

  private boolean isLoadBalanced(String name) {
    return beans.containsBean(name) && beans.findAnnotationOnBean(name, LoadBalanced.class) != null;
  }

  /** Returns whether certainly nobody has set a part of the builder of a client. */
  static boolean lacks(Object builder, String part) {
    try {
      return new DirectFieldAccessor(builder).getPropertyValue(part) == null;
    } catch (BeansException e) {
      return false; // another class than Spring's own
    }
  }
}
