// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static io.github.tracingpropagation.spring.Requests.inRequest;
import static io.github.tracingpropagation.spring.Requests.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.interceptor.AsyncExecutionInterceptor;
import org.springframework.aop.target.HotSwappableTargetSource;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.TaskExecutor;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.core.task.support.CompositeTaskDecorator;
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.AsyncConfigurer;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolExecutorFactoryBean;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Executors that are beans, as applications write them. */
class ExecutorBeansTest {
  private static final int EXECUTORS = 13;

  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  TaskExecutionAutoConfiguration.class, TracingPropagationAutoConfiguration.class));

  @Configuration(proxyBeanMethods = false)
  static class Own {
    final List<String> decorated = new ArrayList<>();

    @Bean
    ThreadPoolTaskExecutor pool() {
      return small(new ThreadPoolTaskExecutor());
    }

    @Bean
    Executor initializedInItsMethod() {
      ThreadPoolTaskExecutor pool = small(new ThreadPoolTaskExecutor());
      pool.initialize();
      return pool;
    }

    @Bean
    ThreadPoolTaskExecutor decorated() {
      ThreadPoolTaskExecutor pool = small(new ThreadPoolTaskExecutor());
      pool.setTaskDecorator(
          task ->
              () -> {
                decorated.add(seen());
                task.run();
              });
      return pool;
    }

    @Bean
    @Lazy
    TaskExecutor simple() {
      return new SimpleAsyncTaskExecutor("simple-");
    }

    @Bean
    AsyncTaskExecutor concurrent(@Qualifier("fixed") ExecutorService fixed) {
      return new ConcurrentTaskExecutor(fixed);
    }

    @Bean
    AsyncTaskExecutor adapter() {
      return new TaskExecutorAdapter(Executors.newSingleThreadExecutor(Own::daemon));
    }

    @Bean
    ExecutorService fixed() {
      return Executors.newFixedThreadPool(1, Own::daemon);
    }

    @Bean
    ExecutorService single() {
      return Executors.newSingleThreadExecutor(Own::daemon);
    }

    @Bean
    ExecutorService forkJoin() {
      return new ForkJoinPool(1);
    }

    @Bean
    ThreadPoolExecutor ofAClass() {
      return (ThreadPoolExecutor) Executors.newFixedThreadPool(1, Own::daemon);
    }

    @Bean
    Listening listening() {
      return new Listening.OnItsOwn();
    }

    /** Spring Boot's builder, with another decorator than ours. */
    @Bean
    ThreadPoolTaskExecutor built(ThreadPoolTaskExecutorBuilder builder) {
      return small(builder.taskDecorator(task -> task).build());
    }

    @Bean
    Executor lambda() {
      return task -> daemon(task).start();
    }

    static Thread daemon(Runnable task) {
      Thread thread = new Thread(task);
      thread.setDaemon(true);
      return thread;
    }

    private static ThreadPoolTaskExecutor small(ThreadPoolTaskExecutor pool) {
      pool.setCorePoolSize(1);
      pool.setDaemon(true);
      return pool;
    }
  }

  /** On Java 25 a fork-join pool is a scheduler, too. */
  @Test
  void rule10_scheduledTaskOfAForkJoinPool_seesNothing() {
    with(
        Own.class,
        context -> {
          if (context.getBean("forkJoin") instanceof ScheduledExecutorService scheduler) {
            assertThat(
                    inRequest(
                        "1",
                        () -> scheduler.schedule(Requests::seen, 1, TimeUnit.MILLISECONDS).get()))
                .isEqualTo("nothing");
          }
        });
  }

  /** Has more than an ExecutorService, as Guava's has. Only this package sees it. */
  interface Listening extends ExecutorService {
    String listen();

    final class OnItsOwn extends AbstractExecutorService implements Listening {
      private final ExecutorService delegate = Executors.newSingleThreadExecutor(Own::daemon);

      @Override
      public String listen() {
        return "listening";
      }

      @Override
      public void execute(Runnable task) {
        delegate.execute(task);
      }

      @Override
      public void shutdown() {
        delegate.shutdown();
      }

      @Override
      public List<Runnable> shutdownNow() {
        return delegate.shutdownNow();
      }

      @Override
      public boolean isShutdown() {
        return delegate.isShutdown();
      }

      @Override
      public boolean isTerminated() {
        return delegate.isTerminated();
      }

      @Override
      public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return delegate.awaitTermination(timeout, unit);
      }
    }
  }

  @Test
  void rule11_executorBeans_seeWhatWasCapturedWhereATaskWasSubmitted() {
    with(
        Own.class,
        context -> {
          Map<String, Executor> executors = context.getBeansOfType(Executor.class);
          assertThat(executors).hasSize(EXECUTORS);
          for (Map.Entry<String, Executor> entry : executors.entrySet()) {
            Executor executor = entry.getValue();
            String name = entry.getKey();
            assertThat(inRequest("1", () -> seenBy(executor))).as(name).isEqualTo("1");
            assertThat(inRequest("2", () -> seenBy(executor))).as(name).isEqualTo("2");
            assertThat(seenBy(executor)).as(name).isEqualTo("nothing");
          }
          assertThat(reasons(context))
              .hasSize(EXECUTORS)
              .allSatisfy((name, no) -> assertThat(no).isEmpty());
          assertThat(context.getBean(Own.class).decorated).containsExactly("1", "2", "nothing");
        });
  }

  @Configuration(proxyBeanMethods = false)
  static class Virtual {
    @Bean
    VirtualThreadTaskExecutor ofAClass() {
      return new VirtualThreadTaskExecutor("virtual-");
    }

    @Bean
    AsyncTaskExecutor ofAnInterface() {
      return new VirtualThreadTaskExecutor("virtual-");
    }

    @Bean
    SimpleAsyncTaskExecutor simple() {
      SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("virtual-");
      executor.setVirtualThreads(true);
      return executor;
    }

    /** By reflection, since Java 17 has none. */
    @Bean
    ExecutorService perTask() throws ReflectiveOperationException {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void rule11_virtualThreads_seeWhatWasCapturedWhereATaskWasSubmitted() {
    with(
        Virtual.class,
        context -> {
          Map<String, Executor> executors = context.getBeansOfType(Executor.class);
          assertThat(executors).hasSize(4);
          for (Map.Entry<String, Executor> entry : executors.entrySet()) {
            String name = entry.getKey();
            Executor executor = entry.getValue();
            assertThat(inRequest("1", () -> seenBy(executor))).as(name).isEqualTo("1");
            assertThat(seenBy(executor)).as(name).isEqualTo("nothing");
          }
          AsyncTaskExecutor ofAClass = context.getBean("ofAClass", VirtualThreadTaskExecutor.class);
          Callable<String> task = () -> Thread.currentThread().getName() + seen();
          assertThat(inRequest("1", () -> ofAClass.submit(task).get())).matches("virtual-\\d+1");
          assertThat(reasons(context)).allSatisfy((name, no) -> assertThat(no).isEmpty());
        });
  }

  @Test
  void rule11_eachWayToSubmit_isBound() {
    with(
        Own.class,
        context -> {
          for (String name : List.of("fixed", "forkJoin", "ofAClass", "listening")) {
            ExecutorService executor = context.getBean(name, ExecutorService.class);
            Callable<String> task = Requests::seen;
            List<String> seen = new ArrayList<>();
            inRequest(
                "1",
                () -> {
                  seen.add(executor.submit(task).get());
                  executor.submit(() -> seen.add(seen())).get();
                  executor.submit(() -> seen.add(seen()), "result").get();
                  for (Future<String> future : executor.invokeAll(List.of(task, task))) {
                    seen.add(future.get());
                  }
                  seen.add(executor.invokeAny(List.of(task), 20, TimeUnit.SECONDS));
                  return seen.add(CompletableFuture.supplyAsync(Requests::seen, executor).get());
                });
            assertThat(seen).as(name).hasSize(7).containsOnly("1");
          }
          ThreadPoolExecutor pool =
              context.getBean("pool", ThreadPoolTaskExecutor.class).getThreadPoolExecutor();
          assertThat(inRequest("1", () -> pool.submit(Requests::seen).get())).isEqualTo("1");
        });
  }

  @Configuration(proxyBeanMethods = false)
  static class LeftAlone {
    @Bean
    ForkJoinPool ofAClass() {
      return new ForkJoinPool(1);
    }

    @Bean
    ThreadPoolExecutorFactoryBean ofAFactory() {
      return new ThreadPoolExecutorFactoryBean();
    }

    @Bean
    ExecutorService ordered() {
      return new ThreadPoolExecutor(
          1, 1, 1, TimeUnit.SECONDS, new PriorityBlockingQueue<>(), Own::daemon);
    }

    @Bean
    ThreadPoolTaskExecutor orderedBySpring() {
      return new ThreadPoolTaskExecutor() {
        @Override
        protected BlockingQueue<Runnable> createQueue(int capacity) {
          return new PriorityBlockingQueue<>();
        }
      };
    }

    @Bean
    ScheduledExecutorService scheduled() {
      return Executors.newSingleThreadScheduledExecutor(Own::daemon);
    }

    @Bean
    ThreadPoolTaskScheduler scheduler() {
      return new ThreadPoolTaskScheduler();
    }

    @Bean
    SimpleAsyncTaskScheduler simpleScheduler() {
      return new SimpleAsyncTaskScheduler();
    }

    @Bean
    @WithoutTracingPropagation
    ThreadPoolTaskExecutor exempt() {
      return new ThreadPoolTaskExecutor();
    }
  }

  @Test
  void others_areLeftAlone_withTheReason() {
    with(
        LeftAlone.class,
        context -> {
          Map<String, Executor> executors = context.getBeansOfType(Executor.class);
          assertThat(reasons(context))
              .containsEntry(
                  "ofAClass", "it is declared as the class " + ForkJoinPool.class.getName())
              .containsEntry(
                  "ofAFactory",
                  "it is declared as the class " + ThreadPoolExecutorFactoryBean.class.getName())
              .containsEntry("ordered", "its queue orders the tasks")
              .containsEntry("orderedBySpring", "its queue orders the tasks")
              .containsEntry("scheduled", "it schedules tasks")
              .containsEntry("scheduler", "it schedules tasks")
              .containsEntry("simpleScheduler", "it schedules tasks")
              .containsEntry("exempt", "it has @WithoutTracingPropagation")
              .hasSize(8);
          for (Executor executor : executors.values()) {
            CompletableFuture<String> seen = new CompletableFuture<>();
            inRequest(
                "1",
                () -> {
                  executor.execute(new InOrder(() -> seen.complete(seen())));
                  return null;
                });
            assertThat(seen.get(20, TimeUnit.SECONDS)).isEqualTo("nothing");
          }
          TaskScheduler scheduler = context.getBean("scheduler", TaskScheduler.class);
          CompletableFuture<String> seen = new CompletableFuture<>();
          inRequest("1", () -> scheduler.schedule(() -> seen.complete(seen()), Instant.now()));
          assertThat(seen.get(20, TimeUnit.SECONDS)).isEqualTo("nothing");
        });
  }

  /** Spring calls the methods of what the application has built, not of what replaces it. */
  @Test
  void executors_areShutDownWithTheApplication() {
    List<ExecutorService> executors = new ArrayList<>();
    with(
        Own.class,
        context -> {
          executors.addAll(context.getBeansOfType(ExecutorService.class).values());
          context.close();
        });
    assertThat(executors).hasSize(5).allMatch(ExecutorService::isShutdown);
  }

  @Test
  void replacements_haveTheTypesAndSettings() {
    with(
        Own.class,
        context -> {
          assertThat(context.getBean(Listening.class).listen()).isEqualTo("listening");
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
    application
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
    application
        .withBean(
            "proxied",
            ThreadPoolTaskExecutor.class,
            () -> {
              ThreadPoolTaskExecutor pool = new Own().decorated();
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
    ThreadPoolTaskExecutor pool = new Own().decorated();
    ProxyFactory proxy = new ProxyFactory();
    proxy.setTargetSource(new HotSwappableTargetSource(pool));
    proxy.setProxyTargetClass(true);
    application
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

  @Test
  void switchedOff_changesNothing() {
    application
        .withUserConfiguration(Own.class)
        .withPropertyValues(ExecutorConfiguration.PROPERTY + "=false")
        .run(
            context -> {
              for (Executor executor : context.getBeansOfType(Executor.class).values()) {
                assertThat(inRequest("1", () -> seenBy(executor))).isEqualTo("nothing");
              }
              assertThat(reasons(context)).doesNotContainKey("pool");
            });
    application
        .withPropertyValues(ExecutorConfiguration.PROPERTY + "=false")
        .run(
            context ->
                assertThat(inRequest("1", () -> seenBy(context.getBean(AsyncTaskExecutor.class))))
                    .isEqualTo("nothing"));
  }

  /** The class may order a queue that cannot be seen. */
  @Test
  void comparableTask_isPassedOnAsItIs() {
    List<Runnable> tasks = new ArrayList<>();
    application
        .withUserConfiguration(Collecting.class)
        .withBean("tasks", List.class, () -> tasks)
        .run(
            context -> {
              InOrder task = new InOrder(() -> {});
              context.getBean("collecting", Executor.class).execute(task);
              context.getBean("adapter", Executor.class).execute(task);
              assertThat(tasks).containsExactly(task, task);
            });
  }

  /** As with a caller that helps, or a pool that leaves something behind. */
  @Test
  void rule11_task_seesNothingOfTheRequestThatRunsIt() {
    List<Runnable> tasks = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    application
        .withUserConfiguration(Collecting.class)
        .withBean("tasks", List.class, () -> tasks)
        .run(
            context -> {
              for (Executor executor : context.getBeansOfType(Executor.class).values()) {
                if (!(executor instanceof ThreadPoolTaskExecutor)) {
                  executor.execute(() -> seen.add(seen()));
                }
              }
              inRequest(
                  "2",
                  () -> {
                    tasks.forEach(Runnable::run);
                    return null;
                  });
              assertThat(seen).containsExactly("nothing", "nothing");
            });
  }

  /** The thread of another request emits, and the chain goes on in an executor. */
  @Test
  void rule11_chainOfReactor_onAnExecutor_isNotMixed() {
    with(
        Own.class,
        context -> {
          for (String name : List.of("pool", "simple", "adapter", "fixed", "single", "lambda")) {
            Sinks.One<String> sink = Sinks.one();
            CompletableFuture<String> seen =
                inRequest(
                    "1",
                    () ->
                        sink.asMono()
                            .publishOn(
                                Schedulers.fromExecutor(context.getBean(name, Executor.class)))
                            .map(value -> seen())
                            .toFuture());
            inRequest("2", () -> sink.tryEmitValue("value"));
            assertThat(seen.get(20, TimeUnit.SECONDS)).as(name).isEqualTo("nothing");
          }
        });
  }

  @Configuration(proxyBeanMethods = false)
  static class Collecting {
    @Bean
    Executor collecting(@Qualifier("tasks") List<Runnable> tasks) {
      return tasks::add;
    }

    @Bean
    Executor adapter(@Qualifier("tasks") List<Runnable> tasks) {
      return new TaskExecutorAdapter(tasks::add);
    }
  }

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
    application
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

  @Test
  void blockingClientsInOperators_areSaidToForwardNothing_unlessThePropertyIsSet() {
    application.run(
        context ->
            assertThat(context.getBean(Inventory.class).entries())
                .extracting(Inventory.Entry::bean)
                .contains(BlockingClientConfiguration.PROPERTY));
    application
        .withPropertyValues(BlockingClientConfiguration.PROPERTY + "=auto")
        .run(
            context ->
                assertThat(context.getBean(Inventory.class).entries())
                    .extracting(Inventory.Entry::bean)
                    .doesNotContain(BlockingClientConfiguration.PROPERTY));
  }

  record InOrder(Runnable task) implements Runnable, Comparable<InOrder> {
    @Override
    public void run() {
      task.run();
    }

    @Override
    public int compareTo(InOrder other) {
      return 0;
    }
  }

  private void with(Class<?> configuration, ContextConsumer<AssertableApplicationContext> test) {
    application.withUserConfiguration(configuration).run(test);
  }

  /** Returns by name why each executor does not forward, or nothing. */
  private static Map<String, String> reasons(AssertableApplicationContext context) {
    Map<String, String> reasons = new TreeMap<>();
    for (Inventory.Entry entry : context.getBean(Inventory.class).entries()) {
      if (entry.kind().equals("executor")) {
        reasons.put(entry.bean(), entry.reason() == null ? "" : entry.reason());
      }
    }
    return reasons;
  }

  private static String seenBy(Executor executor) throws Exception {
    CompletableFuture<String> seen = new CompletableFuture<>();
    executor.execute(() -> seen.complete(seen()));
    return seen.get(20, TimeUnit.SECONDS);
  }
}
