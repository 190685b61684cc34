// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.context.Context;
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
import org.springframework.amqp.rabbit.config.DirectRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Listeners and templates of Spring AMQP, with a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpringRabbitTest {
  private static final int MESSAGES = 400;

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
    DirectRabbitListenerContainerFactory directFactory(ConnectionFactory connections) {
      DirectRabbitListenerContainerFactory factory = new DirectRabbitListenerContainerFactory();
      factory.setConnectionFactory(connections);
      return factory;
    }
  }

  static final class Listeners {
    final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    final BlockingQueue<String> failing = new LinkedBlockingQueue<>();
    final BlockingQueue<List<String>> sent = new LinkedBlockingQueue<>();
    final Set<String> failed = ConcurrentHashMap.newKeySet();

    @RabbitListener(queues = "simple")
    void simple(String value) {
      received.add(value + "=" + Ids.current());
    }

    @RabbitListener(queues = "direct", containerFactory = "directFactory")
    void direct(String value) {
      received.add(value + "=" + Ids.current());
    }

    @RabbitListener(queues = "failing")
    void failing(String value) {
      failing.add(value + "=" + Ids.current());
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
    return application.getBean(RabbitTemplate.class);
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

  private static String next(BlockingQueue<String> queue) throws InterruptedException {
    return queue.poll(60, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "direct"})
  void messagesOfManyRequests_haveTheirOwnHeaders(String container) throws Exception {
    for (int i = 0; i < MESSAGES; i++) {
      send(container, "" + i, Ids.of(i));
    }

    List<String> received = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      received.add(next(listeners.received));
      expected.add(i + "=" + Ids.of(i));
    }
    assertThat(received).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** Spring Boot's advice for retries stays, within ours. */
  @Test
  void retriedMessage_hasItsHeadersAgain_andTheNextItsOwn() throws Exception {
    send("failing", "1", "a");
    assertThat(next(listeners.failing)).isEqualTo("1=a");
    assertThat(next(listeners.failing)).isEqualTo("1=a");
    send("failing", "2", Ids.NONE);
    assertThat(next(listeners.failing)).isEqualTo("2=none");
    assertThat(next(listeners.failing)).isEqualTo("2=none");
  }

  @Test
  void sentMessage_isLeftAlone() throws Exception {
    Message message = MessageBuilder.withBody("sent".getBytes()).build();
    Ids.captured("a")
        .storeInContext(Context.root())
        .wrap(() -> template().send("sent", message))
        .run();

    assertThat(listeners.sent.poll(60, TimeUnit.SECONDS)).containsExactly("sent");
  }
}
