// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.context.Context;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.kafka.annotation.DltHandler;
import org.springframework.kafka.annotation.EnableKafkaRetryTopic;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.annotation.RetryableTopic;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.listener.RecordInterceptor;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** An application, one for all tests of a JVM, whose listeners note what is current. */
final class KafkaApplication {
  static final Notes SEEN = new Notes();

  private static final String BROKER = KafkaBroker.with();
  private static final KafkaProducer<String, String> PRODUCER =
      new KafkaProducer<>(
          Map.of("bootstrap.servers", BROKER), new StringSerializer(), new StringSerializer());

  static final MessageListener<Object, Object> NOTING = record -> SEEN.add(record.value());

  static final ConfigurableApplicationContext CONTEXT =
      new SpringApplicationBuilder(Application.class)
          .properties(
              "spring.main.banner-mode=off",
              "spring.grpc.server.enabled=false",
              "spring.kafka.bootstrap-servers=" + BROKER,
              "spring.kafka.consumer.auto-offset-reset=earliest",
              "spring.kafka.consumer.group-id=threads")
          .run();

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
    Retried retried() {
      return new Retried();
    }

    @Bean
    ConcurrentKafkaListenerContainerFactory<Object, Object> customized(
        ConsumerFactory<Object, Object> consumers) {
      ConcurrentKafkaListenerContainerFactory<Object, Object> factory =
          new ConcurrentKafkaListenerContainerFactory<>();
      factory.setConsumerFactory(consumers);
      factory.setContainerCustomizer(container -> container.setRecordInterceptor(new Noting()));
      return factory;
    }

    @Bean
    KafkaMessageListenerContainer<Object, Object> ownContainer(
        ConsumerFactory<Object, Object> consumers) {
      return new KafkaMessageListenerContainer<>(consumers, noting("own-container"));
    }

    @Bean
    ConcurrentMessageListenerContainer<Object, Object> ownConcurrentContainer(
        ConsumerFactory<Object, Object> consumers) {
      return new ConcurrentMessageListenerContainer<>(
          consumers, noting("own-concurrent-container"));
    }

    @Bean
    ConcurrentMessageListenerContainer<Object, Object> containerOfAFactory(
        ConcurrentKafkaListenerContainerFactory<Object, Object> customized) {
      ConcurrentMessageListenerContainer<Object, Object> container =
          customized.createContainer(first("container-of-a-factory"));
      container.setupMessageListener(NOTING);
      return container;
    }

    private static ContainerProperties noting(String topic) {
      ContainerProperties properties = new ContainerProperties(first(topic));
      properties.setMessageListener(NOTING);
      return properties;
    }
  }

  static final class Retried {
    @KafkaListener(id = "retried", topics = "retried")
    @RetryableTopic(attempts = "2")
    void record(String value) {
      SEEN.add(value);
      throw new IllegalStateException("as the test wants it");
    }

    @DltHandler
    void dead(String value) {
      SEEN.add("dead " + value);
    }
  }

  private static final class Noting implements RecordInterceptor<Object, Object> {
    @Override
    public ConsumerRecord<Object, Object> intercept(
        ConsumerRecord<Object, Object> record, Consumer<Object, Object> consumer) {
      SEEN.add("intercepted");
      return record;
    }

    @Override
    public void success(ConsumerRecord<Object, Object> record, Consumer<Object, Object> consumer) {
      SEEN.add("success");
    }

    @Override
    public void afterRecord(
        ConsumerRecord<Object, Object> record, Consumer<Object, Object> consumer) {
      SEEN.add("after");
    }
  }

  private KafkaApplication() {}

  static void send(String topic, String value, String id) throws Exception {
    send(topic, 0, value, id);
  }

  static void send(String topic, int partition, String value, String id) throws Exception {
    ProducerRecord<String, String> record = new ProducerRecord<>(topic, partition, null, value);
    if (!id.equals(Ids.NONE)) {
      record.headers().add("x-request-id", id.getBytes(StandardCharsets.US_ASCII));
    }
    PRODUCER.send(record).get(60, TimeUnit.SECONDS);
  }

  @SuppressWarnings("unchecked")
  static ConcurrentKafkaListenerContainerFactory<Object, Object> factory(String bean) {
    return CONTEXT.getBean(bean, ConcurrentKafkaListenerContainerFactory.class);
  }

  static ConcurrentMessageListenerContainer<Object, Object> container(String topic) {
    return factory("kafkaListenerContainerFactory").createContainer(first(topic));
  }

  static TopicPartitionOffset first(String topic) {
    return new TopicPartitionOffset(topic, 0, 0L);
  }

  /** Returns a container that is observed, as Spring Boot's setting has it. */
  static ConcurrentMessageListenerContainer<Object, Object> observed(
      ConcurrentMessageListenerContainer<Object, Object> container) {
    container.getContainerProperties().setObservationEnabled(true);
    container.setApplicationContext(CONTEXT);
    return container;
  }

  /** A test that waits. */
  interface Waiting {
    void run() throws InterruptedException;
  }

  /** Runs a container on this one thread, and lets a task look at it after that. */
  static void onOneThread(
      ConcurrentMessageListenerContainer<Object, Object> container, Waiting test) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    container.getContainerProperties().setListenerTaskExecutor(new TaskExecutorAdapter(thread));
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
}
