// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static io.github.tracingpropagation.spring.ExecutorApplication.application;
import static io.github.tracingpropagation.spring.ExecutorApplication.with;
import static io.github.tracingpropagation.spring.Requests.inRequest;
import static io.github.tracingpropagation.spring.Requests.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.interceptor.AsyncExecutionInterceptor;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.AsyncConfigurer;
import org.springframework.scheduling.annotation.EnableAsync;

/** Methods with {@code @Async}, and such aspects. */
class AsyncMethodsTest {
  /** As that of AspectJ, which is no advisor of a proxy. */
  @Configuration(proxyBeanMethods = false)
  static class Aspects {
    @Bean
    AsyncExecutionInterceptor onItsOwn() {
      return new AsyncExecutionInterceptor(new SimpleAsyncTaskExecutor());
    }

    @Bean
    AsyncExecutionInterceptor byDefault() {
      return new AsyncExecutionInterceptor(null);
    }

    @Bean
    @WithoutTracingPropagation
    TaskExecutor taskExecutor() {
      return new SimpleAsyncTaskExecutor();
    }
  }

  private interface Work {
    CompletableFuture<String> run();
  }

  @Test
  void rule11_asyncAspect_onAnExecutorThatIsNoBean_isBound() {
    with(
        Aspects.class,
        context -> {
          assertThat(inRequest("1", () -> seenIn(context, "onItsOwn"))).isEqualTo("1");
          assertThat(inRequest("2", () -> seenIn(context, "onItsOwn"))).isEqualTo("2");
          assertThat(seenIn(context, "onItsOwn")).isEqualTo("nothing");
          assertThat(inRequest("1", () -> seenIn(context, "byDefault"))).isEqualTo("nothing");
        });
  }

  private static String seenIn(ApplicationContext context, String aspect) throws Exception {
    ProxyFactory proxy = new ProxyFactory((Work) () -> CompletableFuture.completedFuture(seen()));
    proxy.addAdvice(context.getBean(aspect, AsyncExecutionInterceptor.class));
    return ((Work) proxy.getProxy()).run().get(20, TimeUnit.SECONDS);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAsync
  static class Methods implements AsyncConfigurer {
    @Override
    public Executor getAsyncExecutor() {
      return new SimpleAsyncTaskExecutor(); // no bean
    }

    @Bean
    Plain plain() {
      return new Plain();
    }

    @Bean
    @WithoutTracingPropagation
    Plain annotated() {
      return new Plain();
    }

    @Bean
    @WithoutTracingPropagation
    Executor exempt() {
      return new SimpleAsyncTaskExecutor();
    }

    /** Its decorator has the last word. */
    @Bean
    Executor silent() {
      SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor();
      executor.setTaskDecorator(new Binding(CapturedHeaders.empty())::bind);
      return executor;
    }
  }

  static class Plain {
    @Async
    public CompletableFuture<String> async() {
      return CompletableFuture.completedFuture(seen());
    }

    @Async("silent")
    public CompletableFuture<String> silent() {
      return async();
    }

    @Async("${executor}")
    public CompletableFuture<String> exempt() {
      return async();
    }
  }

  @Test
  void asyncMethods_areBound_unlessTheirBeanOrExecutorIsExempt() {
    application()
        .withPropertyValues("executor=exempt")
        .withUserConfiguration(Methods.class)
        .run(
            context -> {
              Plain plain = context.getBean("plain", Plain.class);
              Plain exempt = context.getBean("annotated", Plain.class);
              assertThat(inRequest("1", () -> plain.async().get())).isEqualTo("1");
              assertThat(inRequest("1", () -> exempt.async().get())).isEqualTo("nothing");
              assertThat(plain.async().get()).isEqualTo("nothing");
              assertThat(inRequest("1", () -> plain.silent().get())).isEqualTo("nothing");
              assertThat(inRequest("1", () -> plain.exempt().get())).isEqualTo("nothing");
            });
  }
}
