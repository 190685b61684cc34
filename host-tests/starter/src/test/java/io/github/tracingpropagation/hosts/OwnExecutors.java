// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import io.github.tracingpropagation.spring.WithoutTracingPropagation;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.AsyncConfigurer;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A servlet application with executors of its own, so that Spring Boot makes none. */
@EnableAutoConfiguration
@Import({
  OwnExecutors.Pools.class,
  OwnExecutors.Calls.class,
  OwnExecutors.Events.class,
  OwnExecutors.Endpoints.class
})
class OwnExecutors {

  @Configuration(proxyBeanMethods = false)
  @EnableAsync
  @EnableScheduling
  @EnableTransactionManagement
  static class Pools implements AsyncConfigurer, WebMvcConfigurer {

    /** Not a bean. */
    @Override
    public Executor getAsyncExecutor() {
      return initialized();
    }

    /** Not a bean. */
    @Override
    public void configureAsyncSupport(AsyncSupportConfigurer configurer) {
      configurer.setTaskExecutor(initialized());
    }

    private static ThreadPoolTaskExecutor initialized() {
      ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
      executor.setCorePoolSize(2);
      executor.setDaemon(true);
      executor.initialize();
      return executor;
    }

    @Bean
    ThreadPoolTaskExecutor pool() {
      ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
      executor.setCorePoolSize(2);
      executor.setDaemon(true);
      return executor;
    }

    @Bean
    Executor simple() {
      return new SimpleAsyncTaskExecutor("simple-");
    }

    @Bean
    AsyncTaskExecutor concurrent() {
      return new ConcurrentTaskExecutor(threads());
    }

    @Bean
    TaskExecutor adapter() {
      return new TaskExecutorAdapter(threads());
    }

    @Bean
    ExecutorService fixed() {
      return threads();
    }

    @Bean
    ExecutorService forkJoin() {
      return new ForkJoinPool(2);
    }

    @Bean
    ThreadPoolExecutor ofAClass() {
      return (ThreadPoolExecutor) threads();
    }

    @Bean
    ForkJoinPool forkJoinOfAClass() {
      return new ForkJoinPool(2);
    }

    @Bean
    ExecutorService ordered() {
      return new ThreadPoolExecutor(
          2, 2, 1, TimeUnit.SECONDS, new PriorityBlockingQueue<>(), Pools::daemon);
    }

    @Bean
    ScheduledExecutorService scheduled() {
      return Executors.newScheduledThreadPool(2, Pools::daemon);
    }

    @Bean
    ThreadPoolTaskScheduler taskScheduler() {
      return new ThreadPoolTaskScheduler();
    }

    @Bean
    @WithoutTracingPropagation
    ThreadPoolTaskExecutor exempt() {
      return pool();
    }

    @Bean
    SimpleApplicationEventMulticaster applicationEventMulticaster() {
      SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
      multicaster.setTaskExecutor(new SimpleAsyncTaskExecutor("event-"));
      return multicaster;
    }

    @Bean
    PlatformTransactionManager transactions() {
      return new NoResource();
    }

    private static ExecutorService threads() {
      return Executors.newFixedThreadPool(2, Pools::daemon);
    }

    private static Thread daemon(Runnable task) {
      Thread thread = new Thread(task, "own");
      thread.setDaemon(true);
      return thread;
    }
  }

  /** Transactions of nothing, so that an application without a database has some. */
  static class NoResource extends AbstractPlatformTransactionManager {
    @Override
    protected Object doGetTransaction() {
      return this;
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {}

    @Override
    protected void doCommit(DefaultTransactionStatus status) {}

    @Override
    protected void doRollback(DefaultTransactionStatus status) {}
  }

  /** Calls the service. */
  static class Calls {
    private final RestClient client;

    Calls(RestClient.Builder builder, @Value("${downstream}") String downstream) {
      client = builder.baseUrl(downstream).build();
    }

    String call(String id) {
      return client.get().uri("/{id}", id).retrieve().body(String.class);
    }

    @Async
    CompletableFuture<String> async(String id) {
      return CompletableFuture.completedFuture(call(id));
    }

    @Async("pool")
    CompletableFuture<String> onAPool(String id) {
      return async(id);
    }

    @Async("taskScheduler")
    CompletableFuture<String> onTheScheduler(String id) {
      return async(id);
    }

    @Async("forkJoinOfAClass")
    CompletableFuture<String> onOneOfAClass(String id) {
      return async(id);
    }

    @Async("exempt")
    CompletableFuture<String> onAnExemptOne(String id) {
      return async(id);
    }
  }

  record Plain(String id, CompletableFuture<String> answer) {}

  record Asynchronous(String id, CompletableFuture<String> answer) {}

  record Committed(String id, CompletableFuture<String> answer) {}

  static class Events {
    private final Calls calls;
    private final ApplicationEventPublisher publisher;

    Events(Calls calls, ApplicationEventPublisher publisher) {
      this.calls = calls;
      this.publisher = publisher;
    }

    CompletableFuture<String> publish(String id) {
      Plain event = new Plain(id, new CompletableFuture<>());
      publisher.publishEvent(event);
      return event.answer();
    }

    CompletableFuture<String> publishAsynchronous(String id) {
      Asynchronous event = new Asynchronous(id, new CompletableFuture<>());
      publisher.publishEvent(event);
      return event.answer();
    }

    @Transactional
    public CompletableFuture<String> commit(String id) {
      Committed event = new Committed(id, new CompletableFuture<>());
      publisher.publishEvent(event);
      return event.answer();
    }

    @EventListener
    void on(Plain event) {
      event.answer().complete(calls.call(event.id()));
    }

    @Async
    @EventListener
    void on(Asynchronous event) {
      event.answer().complete(calls.call(event.id()));
    }

    @Async
    @TransactionalEventListener
    void on(Committed event) {
      event.answer().complete(calls.call(event.id()));
    }
  }

  @RestController
  static class Endpoints {
    private final Calls calls;
    private final Events events;
    private final ThreadPoolTaskExecutor pool;
    private final Executor simple;
    private final AsyncTaskExecutor concurrent;
    private final TaskExecutor adapter;
    private final ExecutorService fixed;
    private final ExecutorService forkJoin;
    private final ExecutorService ordered;
    private final ThreadPoolExecutor ofAClass;
    private final ForkJoinPool forkJoinOfAClass;
    private final ScheduledExecutorService scheduled;
    private final TaskScheduler scheduler;
    private final ThreadPoolTaskExecutor exempt;

    Endpoints(
        Calls calls,
        Events events,
        @Qualifier("pool") ThreadPoolTaskExecutor pool,
        @Qualifier("simple") Executor simple,
        @Qualifier("concurrent") AsyncTaskExecutor concurrent,
        @Qualifier("adapter") TaskExecutor adapter,
        @Qualifier("fixed") ExecutorService fixed,
        @Qualifier("forkJoin") ExecutorService forkJoin,
        @Qualifier("ordered") ExecutorService ordered,
        @Qualifier("ofAClass") ThreadPoolExecutor ofAClass,
        @Qualifier("forkJoinOfAClass") ForkJoinPool forkJoinOfAClass,
        @Qualifier("scheduled") ScheduledExecutorService scheduled,
        @Qualifier("taskScheduler") TaskScheduler scheduler,
        @Qualifier("exempt") ThreadPoolTaskExecutor exempt) {
      this.calls = calls;
      this.events = events;
      this.pool = pool;
      this.simple = simple;
      this.concurrent = concurrent;
      this.adapter = adapter;
      this.fixed = fixed;
      this.forkJoin = forkJoin;
      this.ordered = ordered;
      this.ofAClass = ofAClass;
      this.forkJoinOfAClass = forkJoinOfAClass;
      this.scheduled = scheduled;
      this.scheduler = scheduler;
      this.exempt = exempt;
    }

    @GetMapping("/clients")
    List<String> clients() {
      return List.of("rest-client");
    }

    @GetMapping("/{way}/{client}")
    Object call(@PathVariable("way") String way, @RequestParam("id") String id) throws Exception {
      Callable<String> call = () -> calls.call(id);
      return switch (way) {
        case "async" -> calls.async(id);
        case "async-pool" -> calls.onAPool(id);
        case "async-scheduler" -> calls.onTheScheduler(id);
        case "async-of-a-class" -> calls.onOneOfAClass(id);
        case "async-exempt" -> calls.onAnExemptOne(id);
        case "submit" -> pool.submitCompletable(call);
        case "pool-of-the-pool" -> pool.getThreadPoolExecutor().submit(call).get();
        case "simple" -> on(simple, id);
        case "concurrent" -> concurrent.submit(call).get();
        case "adapter" -> on(adapter, id);
        case "fixed" -> on(fixed, id);
        case "invoke-all" -> fixed.invokeAll(List.of(call)).get(0).get();
        case "fork-join" -> on(forkJoin, id);
        case "of-a-class" -> on(ofAClass, id);
        case "fork-join-of-a-class" -> on(forkJoinOfAClass, id);
        case "ordered" -> inOrder(id);
        case "exempt" -> on(exempt, id);
        case "scheduled-pool" -> scheduled.submit(call).get();
        case "scheduled" -> scheduled(id);
        case "event" -> events.publish(id);
        case "event-async" -> events.publishAsynchronous(id);
        case "event-committed" -> events.commit(id);
        case "callable" -> call;
        case "web-async-task" -> new WebAsyncTask<>(20_000L, concurrent, call);
        case "streaming" ->
            (StreamingResponseBody) body -> body.write(calls.call(id).getBytes("US-ASCII"));
        case "deferred" -> deferred(id);
        case "elastic" ->
            Mono.fromCallable(call).subscribeOn(Schedulers.boundedElastic());
        default -> throw new IllegalArgumentException(way);
      };
    }

    private CompletableFuture<String> on(Executor executor, String id) {
      return CompletableFuture.supplyAsync(() -> calls.call(id), executor);
    }

    private DeferredResult<String> deferred(String id) {
      DeferredResult<String> result = new DeferredResult<>(20_000L);
      pool.execute(() -> result.setResult(calls.call(id)));
      return result;
    }

    private CompletableFuture<String> scheduled(String id) {
      CompletableFuture<String> answer = new CompletableFuture<>();
      scheduler.schedule(() -> answer.complete(calls.call(id)), Instant.now());
      return answer;
    }

    private CompletableFuture<String> inOrder(String id) {
      CompletableFuture<String> answer = new CompletableFuture<>();
      ordered.execute(new InOrder(() -> answer.complete(calls.call(id))));
      return answer;
    }
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
}
