// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static io.github.tracingpropagation.hosts.KafkaApplication.CONTEXT;
import static io.github.tracingpropagation.hosts.KafkaApplication.SEEN;
import static io.github.tracingpropagation.hosts.KafkaApplication.factory;
import static io.github.tracingpropagation.hosts.KafkaApplication.first;
import static io.github.tracingpropagation.hosts.KafkaApplication.observed;
import static io.github.tracingpropagation.hosts.KafkaApplication.onOneThread;
import static io.github.tracingpropagation.hosts.KafkaApplication.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.util.backoff.FixedBackOff;

/** What is current in listeners of Spring Kafka that are observed. */
class KafkaObservationsTest {
  /** The scope of an observation closes before Spring Kafka says that the record has ended. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void observedListener_leavesNeitherSpanNorHeaders(boolean throwing) throws Exception {
    Tracer tracer = CONTEXT.getBean(Tracer.class);
    String topic = "observed-" + throwing;
    ConcurrentMessageListenerContainer<Object, Object> container =
        observed(factory("customized").createContainer(first(topic)));
    container.setupMessageListener(
        (MessageListener<Object, Object>)
            record -> {
              SEEN.add(record.value(), traced(tracer));
              if (throwing) {
                throw new IllegalStateException("as the test wants it");
              }
            });
    container.setCommonErrorHandler(
        new DefaultErrorHandler(
            (record, e) -> SEEN.add("recovered", traced(tracer)), new FixedBackOff(0, 0)));
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
        () -> assertThat(SEEN.next(expected.size())).containsExactlyElementsOf(expected));
  }

  private static String traced(Tracer tracer) {
    Span span = tracer.currentSpan();
    return span == null ? " untraced" : " traced";
  }
}
