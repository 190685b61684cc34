// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.spring.web.StarterSupport;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import reactor.core.publisher.Hooks;

/**
 * Binds Reactor's chains to the captured headers of the thread that subscribes, so that each call,
 * retry and follow-up in a chain forwards them, whatever thread runs it.
 *
 * <p>Reactor's hook is of the JVM. It holds no bean, and stays as long as any application that has
 * registered it is open.
 */
final class ReactorBinding implements InitializingBean, DisposableBean {
  /** Of this copy of the class, of which each web application in a server may have one. */
  private static final String KEY =
      ReactorBinding.class.getName() + '@' + System.identityHashCode(ReactorBinding.class);

  private static int applications;

  @Override
  public void afterPropertiesSet() {
    synchronized (ReactorBinding.class) {
      applications++;
      Hooks.onLastOperator(KEY, StarterSupport.chainBinding()); // replaces the same one
    }
  }

  @Override
  public void destroy() {
    synchronized (ReactorBinding.class) {
      if (--applications == 0) {
        Hooks.resetOnLastOperator(KEY);
      }
    }
  }
}
