// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.batch.SimpleBatchingStrategy;
import org.springframework.amqp.rabbit.config.DirectRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.BatchingRabbitTemplate;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.DirectMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Listeners and templates of Spring AMQP, with a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpringRabbitTest {
  private AmqpBroker broker;
  private ConfigurableApplicationContext application;
  private Listeners listeners;

  @BeforeAll
  void start() throws Exception {
    broker = new AmqpBroker();
    application = start("tracing.propagation.messaging=true");
    listeners = application.getBean(Listeners.class);
  }

  private ConfigurableApplicationContext start(String... properties) {
    return new SpringApplicationBuilder(Application.class)
        .properties(
            "spring.main.banner-mode=off",
            "spring.grpc.server.enabled=false",
            "spring.rabbitmq.host=127.0.0.1",
            "spring.rabbitmq.port=" + broker.port(),
            "spring.rabbitmq.listener.simple.concurrency=2",
            "management.tracing.sampling.probability=1",
            "spring.rabbitmq.listener.simple.retry.enabled=true",
            "spring.rabbitmq.listener.simple.retry.initial-interval=10ms")
        .properties(properties)
        .run();
  }

  @AfterAll
  void stop() {
    application.close();
    broker.close();
  }

  @EnableAutoConfiguration(
      excludeName = {
        "org.springframework.boot.autoconfigure.kafka.KafkaAutoConfiguration",
        "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration"
      })
  static class Application {

    @Bean
    Listeners listeners() {
      return new Listeners();
    }

    @Bean
    Queue simple() {
      return new Queue("simple");
    }

    @Bean
    Queue direct() {
      return new Queue("direct");
    }

    @Bean
    Queue failing() {
      return new Queue("failing");
    }

    @Bean
    Queue sent() {
      return new Queue("sent");
    }

    @Bean
    Queue batches() {
      return new Queue("batches");
    }

    @Bean
    Queue fragments() {
      return new Queue("fragments");
    }

    @Bean
    Queue ownContainers() {
      return new Queue("own-containers");
    }

    @Bean
    DirectRabbitListenerContainerFactory directFactory(ConnectionFactory connections) {
      DirectRabbitListenerContainerFactory factory = new DirectRabbitListenerContainerFactory();
      factory.setConnectionFactory(connections);
      return factory;
    }

    @Bean
    SimpleRabbitListenerContainerFactory batchFactory(ConnectionFactory connections) {
      SimpleRabbitListenerContainerFactory factory = new SimpleRabbitListenerContainerFactory();
      factory.setConnectionFactory(connections);
      factory.setBatchListener(true);
      factory.setConsumerBatchEnabled(true);
      return factory;
    }

    /** As Spring's guide to messaging with RabbitMQ has it. */
    @Bean
    SimpleMessageListenerContainer simpleContainer(
        ConnectionFactory connections, Listeners listeners) {
      return of(new SimpleMessageListenerContainer(connections), listeners);
    }

    @Bean
    DirectMessageListenerContainer directContainer(
        ConnectionFactory connections, Listeners listeners) {
      return of(new DirectMessageListenerContainer(connections), listeners);
    }

    private static <C extends AbstractMessageListenerContainer> C of(
        C container, Listeners listeners) {
      container.setQueueNames("own-containers");
      container.setMessageListener(
          message -> listeners.received.add(new String(message.getBody())));
      return container;
    }

    @Bean
    RabbitTemplate rabbitTemplate(ConnectionFactory connections) {
      return new RabbitTemplate(connections);
    }

    @Bean
    RabbitTemplate observed(ConnectionFactory connections) {
      RabbitTemplate template = new RabbitTemplate(connections);
      template.setObservationEnabled(true);
      return template;
    }

    @Bean
    BatchingRabbitTemplate batching(ConnectionFactory connections, TaskScheduler scheduler) {
      return new BatchingRabbitTemplate(
          connections, new SimpleBatchingStrategy(2, 10_000, 60_000), scheduler);
    }

    @Bean
    ThreadPoolTaskScheduler scheduler() {
      return new ThreadPoolTaskScheduler();
    }
  }

  static final class Listeners {
    final Notes received = new Notes();
    final Notes failing = new Notes();
    final BlockingQueue<List<String>> sent = new LinkedBlockingQueue<>();
    final Set<String> failed = ConcurrentHashMap.newKeySet();

    @RabbitListener(queues = "simple")
    void simple(String value) {
      received.add(value);
    }

    @RabbitListener(queues = "batches", containerFactory = "batchFactory")
    void batch(List<String> values) {
      values.forEach(received::add);
    }

    @RabbitListener(queues = "fragments")
    void fragment(Message message) {
      received.add(
          new String(message.getBody()),
          " of " + message.getMessageProperties().getHeader("x-request-id"));
    }

    @RabbitListener(queues = "direct", containerFactory = "directFactory")
    void direct(String value) {
      received.add(value);
    }

    @RabbitListener(queues = "failing")
    void failing(String value) {
      failing.add(value);
      if (failed.add(value)) {
        throw new IllegalStateException("as the test wants it");
      }
    }

    @RabbitListener(queues = "sent")
    void sent(Message message) {
      List<String> lines = new ArrayList<>(List.of(new String(message.getBody())));
      new TreeMap<>(message.getMessageProperties().getHeaders())
          .forEach((name, value) -> lines.add(name + ": " + value));
      sent.add(lines);
    }
  }

  private RabbitTemplate template() {
    return application.getBean("rabbitTemplate", RabbitTemplate.class);
  }

  /** Sends a message as a service of another language does. */
  private void send(String queue, String value, String id) {
    template()
        .convertAndSend(
            queue,
            (Object) value,
            message -> {
              if (!id.equals(Ids.NONE)) {
                message.getMessageProperties().setHeader("X-Request-Id", id);
              }
              return message;
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "direct"})
  void messagesOfManyRequests_haveTheirOwnHeaders(String container) throws Exception {
    listeners.received.assertEachHasItsOwn((value, id) -> send(container, value, id));
  }

  /** Spring Boot's advice for retries stays, within ours. */
  @Test
  void retriedMessage_hasItsHeadersAgain_andTheNextItsOwn() throws Exception {
    send("failing", "1", "a");
    listeners.failing.assertNext("1=a", "1=a");
    send("failing", "2", Ids.NONE);
    listeners.failing.assertNext("2=none", "2=none");
  }

  @Test
  void sentMessage_hasTheHeadersOfItsRequest_andTheApplicationsWin() throws Exception {
    Message twice = MessageBuilder.withBody("twice".getBytes()).build();
    Ids.inRequest("a", () -> template().send("sent", twice));
    assertSent("twice", "x-request-id: a");
    Ids.inRequest("b", () -> template().send("sent", twice));
    assertSent("twice", "x-request-id: b");
    assertThat(twice.getMessageProperties().getHeaders()).isEmpty();

    Message own =
        MessageBuilder.withBody("own".getBytes()).setHeader("X-Request-Id", "own").build();
    Ids.inRequest("c", () -> template().send("sent", own));
    assertSent("own", "X-Request-Id: own");

    template().send("sent", MessageBuilder.withBody("outside".getBytes()).build());
    assertSent("outside");
  }

  @Test
  void containersThatAreBeans_capture() throws Exception {
    for (int i = 0; i < 10; i++) {
      send("own-containers", "" + i, Ids.of(i));
      listeners.received.assertNext(i + "=" + Ids.of(i));
    }
  }

  @Test
  void batch_belongsToNoRequest() throws Exception {
    send("batches", "1", "a");
    listeners.received.assertNext("1=none");
  }

  /** The template of a batch sends two messages as one, with the properties of the first. */
  @Test
  void batchInOneMessage_isNeitherGivenHeadersNorCaptured() throws Exception {
    RabbitTemplate batching = application.getBean("batching", RabbitTemplate.class);
    Message own = MessageBuilder.withBody("1".getBytes()).setHeader("x-request-id", "a").build();
    batching.send("fragments", own);
    Ids.inRequest("b", () -> batching.send("fragments", message("2")));
    listeners.received.assertNext("1=none of a", "2=none of a");

    Ids.inRequest("c", () -> batching.send("fragments", message("3")));
    Ids.inRequest("d", () -> batching.send("fragments", message("4")));
    listeners.received.assertNext("3=none of null", "4=none of null");
  }

  /** Spring AMQP does not convert a header of more than 1024 bytes. */
  @Test
  void longHeader_isCaptured() throws Exception {
    String id = "x".repeat(2000);
    send("simple", "1", id);
    listeners.received.assertNext("1=" + id);
  }

  /** A tracer sets its headers after all post-processors. */
  @Test
  void observedTemplate_tracersHeadersWinPerFamily() throws Exception {
    Ids.inRequest(
        Ids.TRACED,
        () ->
            application
                .getBean("observed", RabbitTemplate.class)
                .send("sent", message("observed")));
    List<String> lines = listeners.sent.poll(60, TimeUnit.SECONDS);
    assertThat(lines).contains("x-request-id: a", "b3: 1").hasSize(4);
    assertThat(lines.get(2)).startsWith("traceparent: 00-").doesNotContain("b7ad6b7169203331");
  }

  private static Message message(String body) {
    return MessageBuilder.withBody(body.getBytes()).build();
  }

  private void assertSent(String... lines) throws InterruptedException {
    assertThat(listeners.sent.poll(60, TimeUnit.SECONDS)).containsExactly(lines);
  }
}
