// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.PropagationObserver;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Attaches each {@link PropagationObserver} that is a bean to the {@link TracingPropagation}, also
 * to one of the application.
 */
record ObservedPropagation(ObjectProvider<PropagationObserver> observers)
    implements BeanPostProcessor {

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof TracingPropagation propagation
        ? observers
            .orderedStream()
            .reduce(propagation, TracingPropagation::observedBy, (first, second) -> second)
        : bean;
  }
}
