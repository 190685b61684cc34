// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.kafka.annotation.DltHandler;
import org.springframework.kafka.annotation.EnableKafkaRetryTopic;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.annotation.RetryableTopic;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.AcknowledgingMessageListener;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.listener.RecordInterceptor;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.kafka.transaction.KafkaTransactionManager;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.util.backoff.FixedBackOff;

/** What is current on the threads of Spring Kafka's consumers, with a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("try") // scopes are only closed
class KafkaThreadsTest {
  private static final ContextKey<String> LEAKED = ContextKey.named("leaked");

  private final EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 2);
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private ConfigurableApplicationContext application;
  private KafkaProducer<String, String> producer;

  @BeforeAll
  void start() {
    broker.brokerProperty("group.initial.rebalance.delay.ms", "0");
    broker.brokerProperty("transaction.state.log.replication.factor", "1");
    broker.brokerProperty("transaction.state.log.min.isr", "1");
    broker.afterPropertiesSet();
    application =
        new SpringApplicationBuilder(Application.class)
            .properties(
                "spring.main.banner-mode=off",
                "spring.grpc.server.enabled=false",
                "spring.kafka.bootstrap-servers=" + broker.getBrokersAsString(),
                "spring.kafka.consumer.auto-offset-reset=earliest",
                "spring.kafka.consumer.group-id=threads")
            .initializers(
                starting -> starting.getBeanFactory().registerSingleton("seen", seen))
            .run();
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.getBrokersAsString()),
            new StringSerializer(),
            new StringSerializer());
  }

  @AfterAll
  void stop() {
    producer.close();
    application.close();
    broker.destroy();
  }

  @EnableAutoConfiguration
  @EnableKafkaRetryTopic
  static class Application {

    @Bean
    ThreadPoolTaskScheduler scheduler() {
      return new ThreadPoolTaskScheduler();
    }

    @Bean
    ThreadPoolTaskExecutor consumers() {
      return new ThreadPoolTaskExecutor();
    }

    @Bean
    Retried retried(BlockingQueue<String> seen) {
      return new Retried(seen);
    }

    @Bean
    ConcurrentKafkaListenerContainerFactory<Object, Object> customized(
        ConsumerFactory<Object, Object> consumers, BlockingQueue<String> seen) {
      ConcurrentKafkaListenerContainerFactory<Object, Object> factory =
          new ConcurrentKafkaListenerContainerFactory<>();
      factory.setConsumerFactory(consumers);
      factory.setContainerCustomizer(
          container -> container.setRecordInterceptor(new Noting(seen)));
      return factory;
    }

    @Bean
    KafkaMessageListenerContainer<Object, Object> ownContainer(
        ConsumerFactory<Object, Object> consumers, BlockingQueue<String> seen) {
      ContainerProperties properties = of("own-container");
      properties.setMessageListener(noting(seen));
      return new KafkaMessageListenerContainer<>(consumers, properties);
    }

    @Bean
    ConcurrentMessageListenerContainer<Object, Object> ownConcurrentContainer(
        ConsumerFactory<Object, Object> consumers, BlockingQueue<String> seen) {
      ContainerProperties properties = of("own-concurrent-container");
      properties.setMessageListener(noting(seen));
      return new ConcurrentMessageListenerContainer<>(consumers, properties);
    }

    @Bean
    ConcurrentMessageListenerContainer<Object, Object> containerOfAFactory(
        ConcurrentKafkaListenerContainerFactory<Object, Object> customized,
        BlockingQueue<String> seen) {
      ConcurrentMessageListenerContainer<Object, Object> container =
          customized.createContainer(first("container-of-a-factory"));
      container.setupMessageListener(noting(seen));
      return container;
    }
  }

  static final class Retried {
    private final BlockingQueue<String> seen;

    Retried(BlockingQueue<String> seen) {
      this.seen = seen;
    }

    @KafkaListener(id = "retried", topics = "retried")
    @RetryableTopic(attempts = "2")
    void record(String value) {
      seen.add(value + "=" + Ids.current());
      throw new IllegalStateException("as the test wants it");
    }

    @DltHandler
    void dead(String value) {
      seen.add("dead " + value + "=" + Ids.current());
    }
  }

  private record Noting(BlockingQueue<String> seen) implements RecordInterceptor<Object, Object> {
    @Override
    public ConsumerRecord<Object, Object> intercept(
        ConsumerRecord<Object, Object> record,
        org.apache.kafka.clients.consumer.Consumer<Object, Object> consumer) {
      seen.add("intercepted=" + Ids.current());
      return record;
    }

    @Override
    public void success(
        ConsumerRecord<Object, Object> record,
        org.apache.kafka.clients.consumer.Consumer<Object, Object> consumer) {
      seen.add("success=" + Ids.current());
    }

    @Override
    public void afterRecord(
        ConsumerRecord<Object, Object> record,
        org.apache.kafka.clients.consumer.Consumer<Object, Object> consumer) {
      seen.add("after=" + Ids.current());
    }
  }

  private static MessageListener<Object, Object> noting(BlockingQueue<String> seen) {
    return record -> seen.add(record.value() + "=" + Ids.current());
  }

  private static ContainerProperties of(String topic) {
    return new ContainerProperties(first(topic));
  }

  private static TopicPartitionOffset first(String topic) {
    return new TopicPartitionOffset(topic, 0, 0L);
  }

  private void send(String topic, String value, String id) throws Exception {
    ProducerRecord<String, String> record = new ProducerRecord<>(topic, 0, null, value);
    if (!id.equals(Ids.NONE)) {
      record.headers().add("x-request-id", id.getBytes(StandardCharsets.US_ASCII));
    }
    producer.send(record).get(60, TimeUnit.SECONDS);
  }

  private List<String> seen(int count) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(next(seen));
    }
    return all;
  }

  private static String next(BlockingQueue<String> queue) {
    try {
      return requireNonNull(queue.poll(60, TimeUnit.SECONDS), "nothing within a minute");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @SuppressWarnings("unchecked")
  private ConcurrentKafkaListenerContainerFactory<Object, Object> factory() {
    return factory("kafkaListenerContainerFactory");
  }

  @SuppressWarnings("unchecked")
  private ConcurrentKafkaListenerContainerFactory<Object, Object> factory(String bean) {
    return application.getBean(bean, ConcurrentKafkaListenerContainerFactory.class);
  }

  private ConcurrentMessageListenerContainer<Object, Object> container(String topic) {
    return factory().createContainer(first(topic));
  }

  @ParameterizedTest
  @ValueSource(strings = {"own-container", "own-concurrent-container"})
  void containerThatIsABean_captures(String topic) throws Exception {
    send(topic, "1", "a");
    send(topic, "2", Ids.NONE);
    assertThat(seen(2)).containsExactly("1=a", "2=none");
  }

  @Test
  void customizerWithAnInterceptor_bothApply_once() throws Exception {
    send("container-of-a-factory", "1", "a");
    assertThat(seen(4)).containsExactly("intercepted=a", "1=a", "success=a", "after=a");
  }

  @ParameterizedTest
  @EnumSource(AckMode.class)
  void eachAckMode_eachRecordHasItsHeaders(AckMode mode) throws Exception {
    String topic = "acks-" + mode;
    ConcurrentMessageListenerContainer<Object, Object> container = container(topic);
    ContainerProperties properties = container.getContainerProperties();
    properties.setAckMode(mode);
    properties.setAckTime(10);
    properties.setAckCount(3);
    boolean manual = mode == AckMode.MANUAL || mode == AckMode.MANUAL_IMMEDIATE;
    properties.setAsyncAcks(manual);
    List<Acknowledgment> open = new ArrayList<>();
    container.setupMessageListener(
        manual
            ? (AcknowledgingMessageListener<Object, Object>)
                (record, acknowledgment) -> {
                  seen.add(record.value() + "=" + Ids.current());
                  open.add(0, acknowledgment);
                  if (open.size() == 3) { // in another order
                    open.forEach(Acknowledgment::acknowledge);
                    open.clear();
                  }
                }
            : noting(seen));
    for (int i = 0; i < 10; i++) {
      send(topic, "" + i, Ids.of(i));
    }
    container.start();
    try {
      assertThat(seen(10))
          .containsExactlyElementsOf(
              IntStream.range(0, 10).mapToObj(i -> i + "=" + Ids.of(i)).toList());
    } finally {
      container.stop();
    }
  }

  @Test
  void retryTopicAndDeadLetters_haveTheHeadersOfTheRecord() throws Exception {
    send("retried", "1", "a");
    assertThat(seen(3)).containsExactly("1=a", "1=a", "dead 1=a");
    send("retried", "2", Ids.NONE);
    assertThat(seen(3)).containsExactly("2=none", "2=none", "dead 2=none");
  }

  /** Runs a container on this one thread, and lets a task look at it after that. */
  private void onOneThread(
      ConcurrentMessageListenerContainer<Object, Object> container, Runnable test)
      throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    AsyncTaskExecutor executor = new TaskExecutorAdapter(thread);
    container.getContainerProperties().setListenerTaskExecutor(executor);
    try {
      try {
        container.start();
        test.run();
      } finally {
        container.stop();
      }
      assertThat(thread.submit(Context::current).get(60, TimeUnit.SECONDS))
          .isSameAs(Context.root());
    } finally {
      thread.shutdown();
    }
  }

  @Test
  void listenerThatThrowsAndLeavesAScopeOpen_leavesNothing() throws Exception {
    ConcurrentMessageListenerContainer<Object, Object> container = container("failing");
    container.setCommonErrorHandler(
        new DefaultErrorHandler(
            (record, e) -> seen.add("recovered " + record.value() + "=" + Ids.current()),
            new FixedBackOff(0, 1)));
    container.getContainerProperties().setIdleEventInterval(100L);
    container.getContainerProperties().setPollTimeout(50);
    BlockingQueue<String> idle = new LinkedBlockingQueue<>();
    container.setApplicationEventPublisher(
        event -> {
          if (event instanceof ListenerContainerIdleEvent) {
            idle.add(Ids.current() + leaked());
          }
        });
    container.setupMessageListener(
        (MessageListener<Object, Object>)
            record -> {
              seen.add(record.value() + "=" + Ids.current() + leaked());
              Context.current().with(LEAKED, " leaked").makeCurrent();
              throw new IllegalStateException("as the test wants it");
            });
    send("failing", "1", "a");
    send("failing", "2", Ids.NONE);
    onOneThread(
        container,
        () -> {
          assertThat(seen(6))
              .containsExactly(
                  "1=a", "1=a", "recovered 1=a", "2=none", "2=none", "recovered 2=none");
          idle.clear();
          assertThat(next(idle)).isEqualTo("none");
        });
  }

  private static String leaked() {
    String leaked = Context.current().get(LEAKED);
    return leaked == null ? "" : leaked;
  }

  /** On an executor of which each task has the headers of the thread that submits it. */
  @Test
  void consumersThatARequestStarts_doNotBelongToIt() throws Exception {
    ConcurrentMessageListenerContainer<Object, Object> batches = container("of-a-request");
    batches.setupMessageListener(
        (BatchMessageListener<Object, Object>)
            records -> records.forEach(record -> seen.add("batch=" + Ids.current())));
    ConcurrentMessageListenerContainer<Object, Object> records = container("of-a-request");
    records.setupMessageListener(noting(seen));
    ConcurrentMessageListenerContainer<Object, Object> partitions =
        factory()
            .createContainer(first("of-a-request"), new TopicPartitionOffset("of-a-request", 1, 0L));
    partitions.getContainerProperties().setSubBatchPerPartition(true);
    partitions.setupMessageListener(batches.getContainerProperties().getMessageListener());
    ConcurrentMessageListenerContainer<Object, Object> assigned =
        factory().createContainer("of-a-request");
    assigned.setupMessageListener((MessageListener<Object, Object>) record -> {});
    assigned
        .getContainerProperties()
        .setConsumerRebalanceListener(
            new ConsumerRebalanceListener() {
              @Override
              public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                seen.add("assigned=" + Ids.current());
              }

              @Override
              public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
            });
    send("of-a-request", "1", Ids.NONE);
    producer.send(new ProducerRecord<>("of-a-request", 1, null, "2")).get(60, TimeUnit.SECONDS);

    for (ConcurrentMessageListenerContainer<Object, Object> container : List.of(batches, records, partitions, assigned)) {
      container
          .getContainerProperties()
          .setListenerTaskExecutor(application.getBean(ThreadPoolTaskExecutor.class));
      try (Scope request = Ids.captured("starts").makeCurrent()) {
        container.start();
      }
      try {
        assertThat(seen(container == partitions ? 2 : 1))
            .containsOnly(
                container == assigned
                    ? "assigned=none"
                    : container == records ? "1=none" : "batch=none");
      } finally {
        container.stop();
      }
    }
  }

  /** Spring Kafka calls interceptors before the transaction, or in it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void transaction_isRolledBack_andTheRecordHasItsHeadersAgain(boolean interceptBefore)
      throws Exception {
    String topic = "transactions-" + interceptBefore;
    ConcurrentMessageListenerContainer<Object, Object> container = container(topic);
    DefaultKafkaProducerFactory<String, String> transactions =
        new DefaultKafkaProducerFactory<>(
            Map.of("bootstrap.servers", broker.getBrokersAsString()),
            new StringSerializer(),
            new StringSerializer());
    transactions.setTransactionIdPrefix(topic);
    container
        .getContainerProperties()
        .setKafkaAwareTransactionManager(new KafkaTransactionManager<>(transactions));
    container.setInterceptBeforeTx(interceptBefore);
    container.getContainerProperties().setObservationEnabled(true);
    container.setApplicationContext(application);
    Set<String> failed = new HashSet<>();
    container.setupMessageListener(
        (MessageListener<Object, Object>)
            record -> {
              seen.add(record.value() + "=" + Ids.current());
              if (failed.add(record.value().toString())) {
                throw new IllegalStateException("as the test wants it");
              }
            });
    send(topic, "1", "a");
    send(topic, "2", Ids.NONE);
    onOneThread(
        container,
        () -> assertThat(seen(4)).containsExactly("1=a", "1=a", "2=none", "2=none"));
    transactions.destroy();
  }

  /** The scope of an observation closes before Spring Kafka says that the record has ended. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void observedListener_leavesNeitherSpanNorHeaders(boolean throwing) throws Exception {
    Tracer tracer = application.getBean(Tracer.class);
    String topic = "observed-" + throwing;
    ConcurrentMessageListenerContainer<Object, Object> container =
        factory("customized").createContainer(first(topic));
    container.getContainerProperties().setObservationEnabled(true);
    container.setApplicationContext(application);
    container.setupMessageListener(
        (MessageListener<Object, Object>)
            record -> {
              seen.add(record.value() + "=" + Ids.current() + " " + traced(tracer));
              if (throwing) {
                throw new IllegalStateException("as the test wants it");
              }
            });
    container.setCommonErrorHandler(
        new DefaultErrorHandler(
            (record, e) -> seen.add("recovered=" + Ids.current() + " " + traced(tracer)),
            new FixedBackOff(0, 0)));
    send(topic, "1", "a");
    send(topic, "2", "b");
    List<String> expected = new ArrayList<>();
    for (String record : List.of("1=a", "2=b")) {
      String id = record.substring(1);
      expected.addAll(List.of("intercepted" + id, record + " traced"));
      expected.add(throwing ? "recovered=none traced" : "success" + id);
      expected.add("after" + id);
    }
    onOneThread(
        container,
        () -> assertThat(seen(expected.size())).containsExactlyElementsOf(expected));
  }

  private static String traced(Tracer tracer) {
    Span span = tracer.currentSpan();
    return span == null ? "untraced" : "traced";
  }
}
