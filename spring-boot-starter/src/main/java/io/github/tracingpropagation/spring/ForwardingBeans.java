// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Makes the beans of one kind forward, however the application builds them.
 *
 * <p>Whoever defines such a post-processor does so in a static method, and looks other beans up
 * when there is one to treat, so that none starts early.
 *
 * @param kind for the {@link Inventory}
 * @param type of the beans
 * @param treatment makes a bean forward
 * @param beans has the inventory, and the annotations of the beans
 */
record ForwardingBeans<T>(
    String kind, Class<T> type, Treatment<T> treatment, ConfigurableListableBeanFactory beans)
    implements BeanPostProcessor {

  /** Makes a bean forward that has this name. */
  interface Treatment<T> {
    Treated apply(T bean, String name);
  }

  ForwardingBeans(
      String kind,
      Class<T> type,
      Function<T, Treated> treatment,
      ConfigurableListableBeanFactory beans) {
    this(kind, type, (bean, name) -> treatment.apply(bean), beans);
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

  /** After the initialization, which is all that products of a factory bean pass through. */
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
