// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static io.github.tracingpropagation.hosts.KafkaApplication.CONTEXT;
import static io.github.tracingpropagation.hosts.KafkaApplication.NOTING;
import static io.github.tracingpropagation.hosts.KafkaApplication.SEEN;
import static io.github.tracingpropagation.hosts.KafkaApplication.container;
import static io.github.tracingpropagation.hosts.KafkaApplication.factory;
import static io.github.tracingpropagation.hosts.KafkaApplication.first;
import static io.github.tracingpropagation.hosts.KafkaApplication.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.context.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.kafka.listener.AcknowledgingMessageListener;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** What is current in each kind of listener container of Spring Kafka, with a real broker. */
@SuppressWarnings("try") // scopes are only closed
class KafkaContainersTest {
  @ParameterizedTest
  @ValueSource(strings = {"own-container", "own-concurrent-container"})
  void containerThatIsABean_captures(String topic) throws Exception {
    send(topic, "1", "a");
    send(topic, "2", Ids.NONE);
    SEEN.assertNext("1=a", "2=none");
  }

  @Test
  void customizerWithAnInterceptor_bothApply_once() throws Exception {
    send("container-of-a-factory", "1", "a");
    SEEN.assertNext("intercepted=a", "1=a", "success=a", "after=a");
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
                  SEEN.add(record.value());
                  open.add(0, acknowledgment);
                  if (open.size() == 3) { // in another order
                    open.forEach(Acknowledgment::acknowledge);
                    open.clear();
                  }
                }
            : NOTING);
    for (int i = 0; i < 10; i++) {
      send(topic, "" + i, Ids.of(i));
    }
    container.start();
    try {
      assertThat(SEEN.next(10)).containsExactlyElementsOf(Notes.expected(10));
    } finally {
      container.stop();
    }
  }

  /** On an executor of which each task has the headers of the thread that submits it. */
  @Test
  void consumersThatARequestStarts_doNotBelongToIt() throws Exception {
    ConcurrentMessageListenerContainer<Object, Object> batches = container("of-a-request");
    batches.setupMessageListener(
        (BatchMessageListener<Object, Object>)
            records -> records.forEach(record -> SEEN.add("batch")));
    ConcurrentMessageListenerContainer<Object, Object> records = container("of-a-request");
    records.setupMessageListener(NOTING);
    ConcurrentMessageListenerContainer<Object, Object> partitions =
        factory("kafkaListenerContainerFactory")
            .createContainer(
                first("of-a-request"), new TopicPartitionOffset("of-a-request", 1, 0L));
    partitions.getContainerProperties().setSubBatchPerPartition(true);
    partitions.setupMessageListener(batches.getContainerProperties().getMessageListener());
    ConcurrentMessageListenerContainer<Object, Object> assigned =
        factory("kafkaListenerContainerFactory").createContainer("of-a-request");
    assigned.setupMessageListener((MessageListener<Object, Object>) record -> {});
    assigned
        .getContainerProperties()
        .setConsumerRebalanceListener(
            new ConsumerRebalanceListener() {
              @Override
              public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                SEEN.add("assigned");
              }

              @Override
              public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
            });
    send("of-a-request", "1", Ids.NONE);
    send("of-a-request", 1, "2", Ids.NONE);

    for (ConcurrentMessageListenerContainer<Object, Object> container :
        List.of(batches, records, partitions, assigned)) {
      container
          .getContainerProperties()
          .setListenerTaskExecutor(CONTEXT.getBean(ThreadPoolTaskExecutor.class));
      try (Scope request = Ids.captured("starts").makeCurrent()) {
        container.start();
      }
      try {
        assertThat(SEEN.next(container == partitions ? 2 : 1))
            .containsOnly(
                container == assigned
                    ? "assigned=none"
                    : container == records ? "1=none" : "batch=none");
      } finally {
        container.stop();
      }
    }
  }
}
