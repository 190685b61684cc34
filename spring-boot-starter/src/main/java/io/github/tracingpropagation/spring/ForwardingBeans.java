// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Makes the beans of one kind forward, however the application builds them.
 *
 * <p>To be defined in a static {@code @Bean} method. A treatment looks up other beans when it is
 * applied: a post-processor that needs them earlier would create them before all others.
 *
 * @param kind for the {@link Inventory}
 * @param type of the beans
 * @param treatment makes a bean forward
 * @param beans has the inventory, and the annotations of the beans
 */
record ForwardingBeans<T>(
    String kind, Class<T> type, Treatment<T> treatment, ConfigurableListableBeanFactory beans)
    implements BeanPostProcessor {

  /** Makes the bean with a name forward. */
  interface Treatment<T> {
    Treated apply(T bean, String name);
  }

  /** Returns a post-processor whose kind is the name of the type, such as RestClient.Builder. */
  static <T> ForwardingBeans<T> of(
      Class<T> type, Function<T, Treated> treatment, ConfigurableListableBeanFactory beans) {
    String kind = type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    return new ForwardingBeans<>(kind, type, (bean, name) -> treatment.apply(bean), beans);
  }

  /** As {@link #of}, for a treatment that needs the settings. */
  static <T> ForwardingBeans<T> withPropagation(
      Class<T> type,
      BiFunction<T, TracingPropagation, Treated> treatment,
      ConfigurableListableBeanFactory beans) {
    return of(type, bean -> treatment.apply(bean, beans.getBean(TracingPropagation.class)), beans);
  }

  /** Returns a copy with another kind. */
  ForwardingBeans<T> ofKind(String name) {
    return new ForwardingBeans<>(name, type, treatment, beans);
  }

  /**
   * A bean, treated.
   *
   * @param bean the same one, or another that replaces it
   * @param reason why it does not forward; null if it does
   */
  record Treated(Object bean, @Nullable String reason) {
    static Treated forwards(Object bean) {
      return new Treated(bean, null);
    }

    static Treated leftAlone(Object bean, String reason) {
      return new Treated(bean, reason);
    }
  }

  /** After initialization: the only callback for the products of a {@code FactoryBean}. */
  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (!type.isInstance(bean) || bean instanceof ScopedObject) { // whose target is a bean itself
      return bean;
    }
    Treated treated =
        isExempt(beans, name)
            ? Treated.leftAlone(bean, "it has @WithoutTracingPropagation")
            : treatment.apply(type.cast(bean), name);
    beans.getBean(Inventory.class).add(new Inventory.Entry(kind, name, treated.reason()));
    return treated.bean();
  }

  static boolean isExempt(ConfigurableListableBeanFactory beans, String name) {
    return beans.containsBean(name)
        && beans.findAnnotationOnBean(name, WithoutTracingPropagation.class) != null;
  }

  /** Returns a field of one of Spring's own objects; null if it has none or cannot be read. */
  static @Nullable Object read(Object object, String field) {
    DirectFieldAccessor fields = new DirectFieldAccessor(object);
    return fields.isReadableProperty(field) ? fields.getPropertyValue(field) : null;
  }
}
