// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.RecordInterceptor;

/** Listeners and templates of Spring Kafka, with a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpringKafkaTest {
  private final String broker =
      KafkaBroker.with("records", "own", "batches", "failing", "chain", "sent", "named", "unset");
  private ConfigurableApplicationContext application;
  private Listeners listeners;
  private BlockingQueue<List<String>> sent;

  @BeforeAll
  void start() {
    application = start(Application.class, "sent", "tracing.propagation.messaging=true");
    listeners = application.getBean(Listeners.class);
    sent = application.getBean(Sent.class).records;
  }

  private ConfigurableApplicationContext start(Class<?> type, String topic, String... properties) {
    return new SpringApplicationBuilder(type)
        .properties(
            "spring.main.banner-mode=off",
            "spring.grpc.server.enabled=false",
            "spring.kafka.bootstrap-servers=" + broker,
            "spring.kafka.consumer.auto-offset-reset=earliest",
            "spring.kafka.consumer.group-id=" + topic,
            "sent.topic=" + topic,
            "spring.kafka.listener.concurrency=2",
            "management.tracing.sampling.probability=1")
        .properties(properties)
        .run();
  }

  @AfterAll
  void stop() {
    application.close();
  }

  /** An application that sends to a topic of its own, and listens to no other one. */
  @EnableAutoConfiguration
  static class Sender {

    @Bean
    Sent sent() {
      return new Sent();
    }
  }

  static final class Sent {
    final BlockingQueue<List<String>> records = new LinkedBlockingQueue<>();

    @KafkaListener(topics = "${sent.topic}")
    void sent(ConsumerRecord<String, String> record) {
      List<String> lines = new ArrayList<>(List.of(record.value()));
      for (Header header : record.headers()) {
        lines.add(header.key() + ": " + new String(header.value(), StandardCharsets.US_ASCII));
      }
      records.add(lines);
    }
  }

  static class Application extends Sender {

    @Bean
    Listeners listeners(
        OwnInterceptor own, @Qualifier("kafkaTemplate") KafkaTemplate<String, String> template) {
      return new Listeners(own, template);
    }

    @Bean
    Batches batches(TracingPropagation propagation) {
      return new Batches(propagation);
    }

    @Bean
    OwnInterceptor ownInterceptor() {
      return new OwnInterceptor();
    }

    /** As an application builds one itself, with an interceptor of its own. */
    @Bean
    ConcurrentKafkaListenerContainerFactory<Object, Object> ownFactory(
        ConsumerFactory<Object, Object> consumers, OwnInterceptor own) {
      ConcurrentKafkaListenerContainerFactory<Object, Object> factory =
          new ConcurrentKafkaListenerContainerFactory<>();
      factory.setConsumerFactory(consumers);
      factory.setRecordInterceptor(own);
      return factory;
    }

    @Bean
    KafkaTemplate<String, String> kafkaTemplate(ProducerFactory<String, String> producers) {
      return new KafkaTemplate<>(producers);
    }

    @Bean
    KafkaTemplate<String, String> observed(ProducerFactory<String, String> producers) {
      KafkaTemplate<String, String> template = new KafkaTemplate<>(producers);
      template.setObservationEnabled(true);
      return template;
    }
  }

  /** Spring Boot's factory has it, too, as the only bean of its type. */
  static final class OwnInterceptor implements RecordInterceptor<Object, Object> {
    final Notes own = new Notes();

    @Override
    public ConsumerRecord<Object, Object> intercept(
        ConsumerRecord<Object, Object> record, Consumer<Object, Object> consumer) {
      note(record, "intercepted");
      return record.value().equals("skipped") ? null : record;
    }

    @Override
    public void afterRecord(
        ConsumerRecord<Object, Object> record, Consumer<Object, Object> consumer) {
      note(record, "after");
    }

    private void note(ConsumerRecord<Object, Object> record, String event) {
      if (record.topic().equals("own")) {
        own.add(event);
      }
    }
  }

  static final class Listeners {
    final Notes records = new Notes();
    final Notes own;
    final Notes batches = new Notes();
    final Notes failing = new Notes();
    final Set<String> failed = ConcurrentHashMap.newKeySet();

    private final KafkaTemplate<String, String> template;

    Listeners(OwnInterceptor interceptor, KafkaTemplate<String, String> template) {
      own = interceptor.own;
      this.template = template;
    }

    @KafkaListener(topics = "chain")
    void chain(String value) {
      template.send("sent", value);
    }

    @KafkaListener(topics = "records")
    void record(String value) {
      records.add(value);
    }

    @KafkaListener(topics = "own", containerFactory = "ownFactory")
    void own(String value) {
      if (value.equals("skipped")) {
        throw new AssertionError();
      }
      own.add(value);
    }

    @KafkaListener(topics = "batches", batch = "true", groupId = "others")
    void batch(List<String> values) {
      values.forEach(batches::add);
    }

    @KafkaListener(topics = "failing")
    void failing(String value) {
      failing.add(value);
      if (failed.add(value)) {
        throw new IllegalStateException("as the test wants it");
      }
    }
  }

  /** Sends a record as a service of another language does. */
  private void send(String topic, String value, String id) {
    ProducerRecord<String, String> record = new ProducerRecord<>(topic, value);
    if (!id.equals(Ids.NONE)) {
      record.headers().add("X-Request-Id", id.getBytes(StandardCharsets.UTF_8));
    }
    template().send(record);
  }

  @SuppressWarnings("unchecked")
  private KafkaTemplate<String, String> template() {
    return application.getBean("kafkaTemplate", KafkaTemplate.class);
  }

  @Test
  void recordsOfManyRequests_haveTheirOwnHeaders() throws Exception {
    listeners.records.assertEachHasItsOwn((value, id) -> send("records", value, id));
  }

  @Test
  void ownFactoryAndInterceptor_seeTheHeadersAndStay() throws Exception {
    send("own", "skipped", "s");
    listeners.own.assertNext("intercepted=s", "after=s");
    send("own", "1", "a");
    listeners.own.assertNext("intercepted=a", "1=a", "after=a");
    send("own", "2", Ids.NONE);
    listeners.own.assertNext("intercepted=none", "2=none", "after=none");
  }

  @Test
  void batch_belongsToNoRequest() throws Exception {
    send("batches", "1", "a");
    assertThat(listeners.batches.next(1).get(0)).endsWith("=none");
  }

  @Test
  void batchThatIsCapturedByRecord_hasTheHeadersOfEach() throws Exception {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      send("batches", "each-" + i, Ids.of(i));
      expected.add("each-" + i + "=" + Ids.of(i));
    }
    List<String> seen = new ArrayList<>();
    while (seen.size() < expected.size()) {
      String next = application.getBean(Batches.class).seen.next(1).get(0);
      if (next.startsWith("each-")) {
        seen.add(next);
      }
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void retriedRecord_hasItsHeadersAgain_andTheNextItsOwn() throws Exception {
    send("failing", "1", "a");
    listeners.failing.assertNext("1=a", "1=a");
    send("failing", "2", Ids.NONE);
    listeners.failing.assertNext("2=none", "2=none");
  }

  @Test
  void sentRecord_hasTheHeadersOfItsRequest_andTheApplicationsWin() throws Exception {
    ProducerRecord<String, String> twice = new ProducerRecord<>("sent", "twice");
    Ids.inRequest(request("a"), () -> template().send(twice));
    assertSent("twice", "x-request-id: a", "b3: 1");
    Ids.inRequest(request("b"), () -> template().send(twice));
    assertSent("twice", "x-request-id: b", "b3: 1");
    assertThat(twice.headers()).isEmpty();

    ProducerRecord<String, String> own = new ProducerRecord<>("sent", "own");
    own.headers().add("X-B3-Sampled", new byte[] {'0'});
    Ids.inRequest(request("c"), () -> template().send(own));
    assertSent("own", "X-B3-Sampled: 0", "x-request-id: c");

    template().send("sent", "outside");
    assertSent("outside");
  }

  @Test
  void recordThatAListenerSends_hasTheHeadersOfItsRecord() throws Exception {
    send("chain", "1", "a");
    assertSent("1", "x-request-id: a");
    send("chain", "2", Ids.NONE);
    assertSent("2");
  }

  /** A tracer sets its headers before. */
  @Test
  void observedTemplate_tracersHeadersWinPerFamily() throws Exception {
    Ids.inRequest(
        Ids.TRACED,
        () -> application.getBean("observed", KafkaTemplate.class).send("sent", "observed"));
    List<String> lines = sent.poll(60, TimeUnit.SECONDS);
    assertThat(lines).contains("observed", "x-request-id: a", "b3: 1").hasSize(4);
    assertThat(lines)
        .filteredOn(line -> line.startsWith("traceparent: 00-"))
        .singleElement()
        .asString()
        .doesNotContain("b7ad6b7169203331");
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void hostsAreNamed_orNothingIsSaid_nothingIsSent(CapturedOutput output) throws Exception {
    nothingIsSent(
        "named", "tracing.propagation.messaging=true", "tracing.propagation.forward-to=x");
    nothingIsSent("unset");
    assertThat(output)
        .containsOnlyOnce(
            "No tracing headers are forwarded with KafkaTemplate: messages have no host");
  }

  @SuppressWarnings("unchecked")
  private void nothingIsSent(String topic, String... properties) throws Exception {
    try (ConfigurableApplicationContext other = start(Sender.class, topic, properties)) {
      KafkaTemplate<String, String> template = other.getBean(KafkaTemplate.class);
      Ids.inRequest(request("a"), () -> template.send(topic, "plain"));
      assertThat(other.getBean(Sent.class).records.poll(60, TimeUnit.SECONDS))
          .containsExactly("plain");
    }
  }

  private void assertSent(String... lines) throws InterruptedException {
    assertThat(sent.poll(60, TimeUnit.SECONDS)).containsExactly(lines);
  }

  private static Map<String, String> request(String id) {
    return Map.of("x-request-id", id, "b3", "1");
  }
}
