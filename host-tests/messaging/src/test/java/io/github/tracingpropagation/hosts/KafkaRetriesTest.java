// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static io.github.tracingpropagation.hosts.KafkaApplication.SEEN;
import static io.github.tracingpropagation.hosts.KafkaApplication.container;
import static io.github.tracingpropagation.hosts.KafkaApplication.observed;
import static io.github.tracingpropagation.hosts.KafkaApplication.onOneThread;
import static io.github.tracingpropagation.hosts.KafkaApplication.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.transaction.KafkaTransactionManager;
import org.springframework.util.backoff.FixedBackOff;

/** What is current in listeners of Spring Kafka that fail, and in what handles that. */
class KafkaRetriesTest {
  private static final ContextKey<String> LEAKED = ContextKey.named("leaked");

  @Test
  void retryTopicAndDeadLetters_haveTheHeadersOfTheRecord() throws Exception {
    send("retried", "1", "a");
    SEEN.assertNext("1=a", "1=a", "dead 1=a");
    send("retried", "2", Ids.NONE);
    SEEN.assertNext("2=none", "2=none", "dead 2=none");
  }

  @Test
  void listenerThatThrowsAndLeavesAScopeOpen_leavesNothing() throws Exception {
    ConcurrentMessageListenerContainer<Object, Object> container = container("leaking");
    container.setCommonErrorHandler(
        new DefaultErrorHandler(
            (record, e) -> SEEN.add("recovered " + record.value()), new FixedBackOff(0, 1)));
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
              SEEN.add(record.value(), leaked());
              Context.current().with(LEAKED, " leaked").makeCurrent();
              throw new IllegalStateException("as the test wants it");
            });
    send("leaking", "1", "a");
    send("leaking", "2", Ids.NONE);
    onOneThread(
        container,
        () -> {
          SEEN.assertNext("1=a", "1=a", "recovered 1=a", "2=none", "2=none", "recovered 2=none");
          idle.clear();
          assertThat(idle.poll(60, TimeUnit.SECONDS)).isEqualTo("none");
        });
  }

  private static String leaked() {
    String leaked = Context.current().get(LEAKED);
    return leaked == null ? "" : leaked;
  }

  /** Spring Kafka calls interceptors before the transaction, or in it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void transaction_isRolledBack_andTheRecordHasItsHeadersAgain(boolean interceptBefore)
      throws Exception {
    String topic = "transactions-" + interceptBefore;
    ConcurrentMessageListenerContainer<Object, Object> container = observed(container(topic));
    DefaultKafkaProducerFactory<String, String> transactions =
        new DefaultKafkaProducerFactory<>(
            Map.of("bootstrap.servers", KafkaBroker.with(topic)),
            new StringSerializer(),
            new StringSerializer());
    transactions.setTransactionIdPrefix(topic);
    container
        .getContainerProperties()
        .setKafkaAwareTransactionManager(new KafkaTransactionManager<>(transactions));
    container.setInterceptBeforeTx(interceptBefore);
    Set<String> failed = new HashSet<>();
    container.setupMessageListener(
        (MessageListener<Object, Object>)
            record -> {
              SEEN.add(record.value());
              if (failed.add(record.value().toString())) {
                throw new IllegalStateException("as the test wants it");
              }
            });
    send(topic, "1", "a");
    send(topic, "2", Ids.NONE);
    onOneThread(container, () -> SEEN.assertNext("1=a", "1=a", "2=none", "2=none"));
    transactions.destroy();
  }
}
