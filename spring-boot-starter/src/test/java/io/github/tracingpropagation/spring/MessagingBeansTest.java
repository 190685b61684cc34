// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.aopalliance.aop.Advice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.amqp.rabbit.batch.SimpleBatchingStrategy;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.BatchingRabbitTemplate;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.MessageListenerContainer;
import org.springframework.amqp.rabbit.listener.RabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.listener.RabbitListenerEndpoint;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpoint;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.RecordInterceptor;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Which beans of Spring Kafka and Spring AMQP are changed, and what is said of the others. The host
 * tests run them.
 */
@ExtendWith(OutputCaptureExtension.class)
class MessagingBeansTest {

  @EnableAutoConfiguration
  static class Application {

    @Bean
    ConcurrentKafkaListenerContainerFactory<Object, Object> kafkaFactory(
        ConsumerFactory<Object, Object> consumers) {
      ConcurrentKafkaListenerContainerFactory<Object, Object> factory =
          new ConcurrentKafkaListenerContainerFactory<>();
      factory.setConsumerFactory(consumers);
      return factory;
    }

    @Bean
    ConcurrentKafkaListenerContainerFactory<Object, Object> sameKafkaFactory(
        @Qualifier("kafkaFactory")
            ConcurrentKafkaListenerContainerFactory<Object, Object> kafkaFactory) {
      return kafkaFactory;
    }

    @Bean
    @WithoutTracingPropagation
    ConcurrentKafkaListenerContainerFactory<Object, Object> exemptKafkaFactory(
        ConsumerFactory<Object, Object> consumers) {
      return kafkaFactory(consumers);
    }

    @Bean
    KafkaListenerContainerFactory<?> ownKafkaFactory() {
      return new OwnKafkaFactory();
    }

    @Bean
    SimpleRabbitListenerContainerFactory rabbitFactory() {
      return new SimpleRabbitListenerContainerFactory();
    }

    @Bean
    SimpleRabbitListenerContainerFactory sameRabbitFactory(
        @Qualifier("rabbitFactory") SimpleRabbitListenerContainerFactory rabbitFactory) {
      return rabbitFactory;
    }

    @Bean
    RabbitListenerContainerFactory<?> ownRabbitFactory() {
      return new OwnRabbitFactory();
    }

    @Bean
    SimpleMessageListenerContainer rabbitContainer() {
      return container();
    }

    @Bean
    SimpleMessageListenerContainer initializedRabbitContainer() {
      SimpleMessageListenerContainer container = container();
      container.afterPropertiesSet();
      return container;
    }

    @Bean
    @WithoutTracingPropagation
    SimpleMessageListenerContainer exemptRabbitContainer() {
      return container();
    }

    private static SimpleMessageListenerContainer container() {
      SimpleMessageListenerContainer container =
          new SimpleMessageListenerContainer(new CachingConnectionFactory("127.0.0.1"));
      container.setAutoStartup(false);
      return container;
    }

    @Bean
    RabbitTemplate rabbitTemplate(ConnectionFactory connections) {
      return new RabbitTemplate(connections);
    }

    @Bean
    RabbitTemplate batching(ConnectionFactory connections) {
      return new BatchingRabbitTemplate(
          connections, new SimpleBatchingStrategy(2, 1000, 1000), new ThreadPoolTaskScheduler());
    }
  }

  private static ConfigurableApplicationContext start(String... properties) {
    return Applications.builder(Application.class, properties)
        .properties(
            "tracing.propagation.beans.executor=false", "tracing.propagation.beans.grpc=false")
        .web(WebApplicationType.NONE)
        .run();
  }

  private static List<Inventory.Entry> inventory(ConfigurableApplicationContext application) {
    return application.getBean(Inventory.class).entries().stream()
        .filter(entry -> !entry.kind().equals("Reactor"))
        .toList();
  }

  private static Inventory.Entry entry(String kind, String bean, @Nullable String reason) {
    return new Inventory.Entry(kind, bean, reason);
  }

  @Test
  void eachBean_isInTheInventory() {
    String messaging = "tracing.propagation.messaging is false";
    String exempt = "it has @WithoutTracingPropagation";
    String initialized = "it is initialized, and its advice cannot be changed";
    try (ConfigurableApplicationContext application = start()) {
      assertThat(inventory(application))
          .containsExactly(
              entry("Kafka listener factory", "exemptKafkaFactory", exempt),
              entry("Kafka listener factory", "kafkaFactory", null),
              entry("Kafka listener factory", "kafkaListenerContainerFactory", null),
              entry(
                  "Kafka listener factory",
                  "ownKafkaFactory",
                  "its containers take no interceptors"),
              entry("Kafka listener factory", "sameKafkaFactory", null),
              entry("KafkaTemplate", "kafkaTemplate", messaging),
              entry("Rabbit listener container", "exemptRabbitContainer", exempt),
              entry("Rabbit listener container", "initializedRabbitContainer", initialized),
              entry("Rabbit listener container", "rabbitContainer", null),
              entry(
                  "Rabbit listener factory",
                  "ownRabbitFactory",
                  "its containers are neither Spring's simple nor its direct ones"),
              entry("Rabbit listener factory", "rabbitFactory", null),
              entry("Rabbit listener factory", "rabbitListenerContainerFactory", null),
              entry("Rabbit listener factory", "sameRabbitFactory", null),
              entry("RabbitTemplate", "batching", messaging),
              entry("RabbitTemplate", "rabbitTemplate", messaging));
    }
  }

  @Test
  void messaging_templatesForward_exceptForBatches() {
    try (ConfigurableApplicationContext application = start("tracing.propagation.messaging=true")) {
      assertThat(inventory(application))
          .contains(
              entry("KafkaTemplate", "kafkaTemplate", null),
              entry("RabbitTemplate", "rabbitTemplate", null),
              entry("RabbitTemplate", "batching", "it sends messages of several requests as one"));
      assertThat(of(application.getBean(KafkaTemplate.class), "producerInterceptor"))
          .isInstanceOf(ForwardingProducerInterceptor.class);
    }
  }

  @Test
  void hostsAreNamed_isWarnedOnceForEachKind(CapturedOutput output) {
    String[] properties = {
      "tracing.propagation.messaging=true", "tracing.propagation.forward-to=ratings"
    };
    String reason = "messages have no host, and tracing.propagation.forward-to names hosts";
    for (int i = 0; i < 2; i++) {
      try (ConfigurableApplicationContext application = start(properties)) {
        assertThat(inventory(application))
            .contains(
                entry("KafkaTemplate", "kafkaTemplate", reason),
                entry("RabbitTemplate", "rabbitTemplate", reason),
                entry("RabbitTemplate", "batching", reason));
        assertThat(of(application.getBean(KafkaTemplate.class), "producerInterceptor")).isNull();
      }
    }
    String remedy = ". Remove tracing.propagation.forward-to or tracing.propagation.messaging.";
    for (String template : List.of("KafkaTemplate", "RabbitTemplate")) {
      assertThat(output)
          .containsOnlyOnce(
              "No tracing headers are forwarded with " + template + ": " + reason + remedy);
    }
  }

  @Test
  void switchedOff_nothingIsChanged() {
    try (ConfigurableApplicationContext application =
        start("tracing.propagation.beans.kafka=false", "tracing.propagation.beans.rabbit=false")) {
      assertThat(inventory(application)).isEmpty();
      assertThat(recordInterceptor(container(application, "kafkaFactory"))).isNull();
      assertThat(advice(application.getBean("rabbitFactory"))).isEmpty();
      assertThat(advice(application.getBean("rabbitContainer"))).isEmpty();
    }
  }

  @Test
  void factoryOfTwoNames_isChangedOnce() {
    try (ConfigurableApplicationContext application = start()) {
      assertThat(recordInterceptor(container(application, "sameKafkaFactory")))
          .isInstanceOfSatisfying(
              CapturingRecordInterceptor.class,
              ours -> assertThat(ours.own()).isNotInstanceOf(CapturingRecordInterceptor.class));
      assertThat(advice(application.getBean("sameRabbitFactory"))).hasSize(1);
      assertThat(advice(application.getBean("rabbitContainer"))).hasSize(1);
    }
  }

  @Test
  void interceptorThatIsSetLater_isWrapped() {
    RecordInterceptor<Object, Object> late = (record, consumer) -> record;
    try (ConfigurableApplicationContext application = start()) {
      factory(application, "kafkaFactory").setRecordInterceptor(late);
      assertThat(recordInterceptor(container(application, "kafkaFactory")))
          .isInstanceOfSatisfying(
              CapturingRecordInterceptor.class, ours -> assertThat(ours.own()).isSameAs(late));
    }
  }

  @Test
  void exemptBean_isLeftAsItIs() {
    try (ConfigurableApplicationContext application = start()) {
      assertThat(recordInterceptor(container(application, "exemptKafkaFactory"))).isNull();
      assertThat(advice(application.getBean("exemptRabbitContainer"))).isEmpty();
    }
  }

  @SuppressWarnings("unchecked")
  private static ConcurrentKafkaListenerContainerFactory<Object, Object> factory(
      ConfigurableApplicationContext application, String bean) {
    return application.getBean(bean, ConcurrentKafkaListenerContainerFactory.class);
  }

  private static Object container(ConfigurableApplicationContext application, String factory) {
    return factory(application, factory).createContainer("topic");
  }

  private static @Nullable Object recordInterceptor(Object container) {
    return of(container, "recordInterceptor");
  }

  private static Advice[] advice(Object bean) {
    Object advice = of(bean, "adviceChain");
    return advice == null ? new Advice[0] : (Advice[]) advice;
  }

  private static @Nullable Object of(Object bean, String field) {
    return new DirectFieldAccessor(bean).getPropertyValue(field);
  }

  /** As one of share groups, or of an application. No test asks it for a container. */
  private static final class OwnKafkaFactory
      implements KafkaListenerContainerFactory<ConcurrentMessageListenerContainer<?, ?>> {
    @Override
    public ConcurrentMessageListenerContainer<?, ?> createListenerContainer(
        KafkaListenerEndpoint endpoint) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ConcurrentMessageListenerContainer<?, ?> createContainer(
        TopicPartitionOffset... partitions) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ConcurrentMessageListenerContainer<?, ?> createContainer(String... topics) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ConcurrentMessageListenerContainer<?, ?> createContainer(Pattern topics) {
      throw new UnsupportedOperationException();
    }
  }

  /** As one of streams. No test asks it for a container. */
  private static final class OwnRabbitFactory
      implements RabbitListenerContainerFactory<MessageListenerContainer> {
    @Override
    public MessageListenerContainer createListenerContainer(
        @Nullable RabbitListenerEndpoint endpoint) {
      throw new UnsupportedOperationException();
    }
  }
}
