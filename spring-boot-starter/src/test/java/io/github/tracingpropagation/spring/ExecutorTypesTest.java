// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static io.github.tracingpropagation.spring.ExecutorApplication.application;
import static io.github.tracingpropagation.spring.ExecutorApplication.reasons;
import static io.github.tracingpropagation.spring.ExecutorApplication.seenBy;
import static io.github.tracingpropagation.spring.ExecutorApplication.with;
import static io.github.tracingpropagation.spring.Requests.inRequest;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.target.HotSwappableTargetSource;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.CompositeTaskDecorator;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** What an application can rely on in an executor that is replaced or decorated. */
class ExecutorTypesTest {
  @Test
  void replacements_haveTheTypesAndSettings() {
    with(
        OwnExecutors.class,
        context -> {
          assertThat(context.getBean(OwnExecutors.Listening.class).listen()).isEqualTo("listening");
          ThreadPoolExecutor pool = context.getBean("ofAClass", ThreadPoolExecutor.class);
          assertThat(pool.getCorePoolSize()).isEqualTo(1);
          assertThat(pool.getMaximumPoolSize()).isEqualTo(1);
          assertThat(inRequest("1", () -> pool.submit(Requests::seen).get())).isEqualTo("1");
          assertThat(pool.getPoolSize()).isEqualTo(1);
          assertThat(context.getBean("fixed")).isInstanceOf(ThreadPoolExecutor.class);
          assertThat(Set.of(context.getBean("single"))).contains(context.getBean("single"));
        });
  }

  /** Boot decorates in its builders, too. */
  @Test
  void executors_areDecoratedOnce() {
    application()
        .withBean(TaskDecorator.class, () -> task -> task)
        .run(
            context -> {
              Object decorator =
                  new DirectFieldAccessor(context.getBean("applicationTaskExecutor"))
                      .getPropertyValue("taskDecorator");
              assertThat(decorator)
                  .isInstanceOfSatisfying(
                      BindingDecorator.class,
                      ours -> assertThat(ours.own()).isInstanceOf(CompositeTaskDecorator.class));
              assertThat(reasons(context)).containsEntry("applicationTaskExecutor", "");
            });
  }

  @Test
  void executorBehindAProxy_keepsItsDecorator() {
    application()
        .withBean(
            "proxied",
            ThreadPoolTaskExecutor.class,
            () -> {
              ThreadPoolTaskExecutor pool = new OwnExecutors().decorated();
              pool.initialize();
              ProxyFactory proxy = new ProxyFactory(pool);
              proxy.setProxyTargetClass(true);
              return (ThreadPoolTaskExecutor) proxy.getProxy();
            })
        .run(
            context -> {
              Executor proxied = context.getBean("proxied", Executor.class);
              assertThat(inRequest("1", () -> seenBy(proxied))).isEqualTo("1");
              assertThat(
                      new DirectFieldAccessor(
                              Objects.requireNonNull(AopProxyUtils.getSingletonTarget(proxied)))
                          .getPropertyValue("taskDecorator"))
                  .isInstanceOfSatisfying(
                      BindingDecorator.class, ours -> assertThat(ours.own()).isNotNull());
            });
  }

  @Test
  void proxyOfChangingTargets_isLeftAlone() {
    ThreadPoolTaskExecutor pool = new OwnExecutors().decorated();
    ProxyFactory proxy = new ProxyFactory();
    proxy.setTargetSource(new HotSwappableTargetSource(pool));
    proxy.setProxyTargetClass(true);
    application()
        .withBean(
            "proxied",
            ThreadPoolTaskExecutor.class,
            () -> (ThreadPoolTaskExecutor) proxy.getProxy())
        .run(
            context ->
                assertThat(reasons(context))
                    .containsEntry("proxied", "it is a proxy of changing targets"));
    assertThat(new DirectFieldAccessor(pool).getPropertyValue("taskDecorator"))
        .isNotInstanceOf(BindingDecorator.class);
  }
}
