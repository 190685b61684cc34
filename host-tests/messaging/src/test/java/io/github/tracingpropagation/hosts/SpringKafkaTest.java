// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
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
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** Listeners and templates of Spring Kafka, with a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("try") // scopes are only closed
class SpringKafkaTest {
  private static final int RECORDS = 400;
  private static final ContextKey<String> SPAN = ContextKey.named("span");

  private final EmbeddedKafkaKraftBroker broker =
      new EmbeddedKafkaKraftBroker(1, 2, "records", "own", "batches", "failing", "sent", "named", "observed");
  private ConfigurableApplicationContext application;
  private Listeners listeners;

  @BeforeAll
  void start() {
    broker.afterPropertiesSet();
    application = start("tracing.propagation.messaging=true");
    listeners = application.getBean(Listeners.class);
  }

  private ConfigurableApplicationContext start(String... properties) {
    return new SpringApplicationBuilder(Application.class)
        .properties(
            "spring.main.banner-mode=off",
            "spring.grpc.server.enabled=false",
            "spring.kafka.bootstrap-servers=" + broker.getBrokersAsString(),
            "spring.kafka.consumer.auto-offset-reset=earliest",
            "spring.kafka.consumer.group-id=tests-" + properties.length,
            "spring.kafka.listener.concurrency=2")
        .properties(properties)
        .run();
  }

  @AfterAll
  void stop() {
    application.close();
    broker.destroy();
  }

  @EnableAutoConfiguration
  static class Application {

    @Bean
    Listeners listeners(OwnInterceptor own) {
      return new Listeners(own);
    }

    @Bean
    ObservationRegistry observationRegistry() {
      ObservationRegistry registry = ObservationRegistry.create();
      registry.observationConfig().observationHandler(new Tracer());
      return registry;
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
  }

  /** Spring Boot's factory has it, too, as the only bean of its type. */
  static final class OwnInterceptor implements RecordInterceptor<Object, Object> {
    final BlockingQueue<String> own = new LinkedBlockingQueue<>();
    final AtomicInteger leftovers = new AtomicInteger();

    @Override
    public ConsumerRecord<Object, Object> intercept(
        ConsumerRecord<Object, Object> record, Consumer<Object, Object> consumer) {
      note(record, "intercepted=");
      return record.value().equals("skipped") ? null : record;
    }

    @Override
    public void success(
        ConsumerRecord<Object, Object> record, Consumer<Object, Object> consumer) {
      note(record, "returned=");
    }

    /** Before each poll nothing of an earlier record is left. */
    @Override
    public void setupThreadState(Consumer<?, ?> consumer) {
      if (Context.current() != Context.root()) {
        leftovers.incrementAndGet();
      }
    }

    @Override
    public void afterRecord(
        ConsumerRecord<Object, Object> record, Consumer<Object, Object> consumer) {
      note(record, "after=");
    }

    private void note(ConsumerRecord<Object, Object> record, String event) {
      if (record.topic().equals("own")) {
        own.add(event + Ids.current());
      }
    }
  }

  /** What a tracer does: a span that is current in the observation's scope. */
  static final class Tracer implements ObservationHandler<Observation.Context> {
    @Override
    @SuppressWarnings("MustBeClosedChecker") // closed when the observation says so
    public void onScopeOpened(Observation.Context observation) {
      observation.put(Scope.class, Context.current().with(SPAN, "span").makeCurrent());
    }

    @Override
    public void onScopeClosed(Observation.Context observation) {
      observation.<Scope>getRequired(Scope.class).close();
    }

    @Override
    public boolean supportsContext(Observation.Context observation) {
      return true;
    }
  }

  static final class Listeners {
    final BlockingQueue<String> records = new LinkedBlockingQueue<>();
    final BlockingQueue<String> own;
    final BlockingQueue<String> batches = new LinkedBlockingQueue<>();
    final BlockingQueue<String> failing = new LinkedBlockingQueue<>();
    final BlockingQueue<String> observed = new LinkedBlockingQueue<>();
    final BlockingQueue<List<String>> sent = new LinkedBlockingQueue<>();
    final BlockingQueue<List<String>> named = new LinkedBlockingQueue<>();
    final Set<String> failed = ConcurrentHashMap.newKeySet();

    Listeners(OwnInterceptor interceptor) {
      own = interceptor.own;
    }

    @KafkaListener(topics = "records")
    void record(String value) {
      records.add(value + "=" + Ids.current());
    }

    @KafkaListener(topics = "own", containerFactory = "ownFactory")
    void own(String value) {
      if (value.equals("skipped")) {
        throw new AssertionError();
      }
      own.add(value + "=" + Ids.current());
    }

    @KafkaListener(topics = "batches", batch = "true")
    void batch(List<String> values) {
      for (String value : values) {
        batches.add(value + "=" + Ids.current());
      }
    }

    @KafkaListener(topics = "failing")
    void failing(String value) {
      failing.add(value + "=" + Ids.current());
      if (failed.add(value)) {
        throw new IllegalStateException("as the test wants it");
      }
    }

    @KafkaListener(topics = "observed")
    void observed(String value) {
      String span = Context.current().get(SPAN);
      observed.add(value + "=" + Ids.current() + (span == null ? "" : " in a " + span));
      if (value.equals("failing") && failed.add("observed")) {
        throw new IllegalStateException("as the test wants it");
      }
    }

    @KafkaListener(topics = {"sent", "named"})
    void sent(ConsumerRecord<String, String> record) {
      List<String> lines = new ArrayList<>(List.of(record.value()));
      for (Header header : record.headers()) {
        lines.add(header.key() + ": " + new String(header.value(), StandardCharsets.US_ASCII));
      }
      (record.topic().equals("sent") ? sent : named).add(lines);
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
    return application.getBean(KafkaTemplate.class);
  }

  private static String next(BlockingQueue<String> queue) throws InterruptedException {
    return queue.poll(60, TimeUnit.SECONDS);
  }

  @Test
  void recordsOfManyRequests_haveTheirOwnHeaders() throws Exception {
    for (int i = 0; i < RECORDS; i++) {
      send("records", "" + i, Ids.of(i));
    }

    List<String> received = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      received.add(next(listeners.records));
      expected.add(i + "=" + Ids.of(i));
    }
    assertThat(received).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void ownFactoryAndInterceptor_seeTheHeadersAndStay() throws Exception {
    send("own", "skipped", "s");
    assertThat(next(listeners.own)).isEqualTo("intercepted=s");
    assertThat(next(listeners.own)).isEqualTo("returned=s"); // Spring Kafka says so of skipped ones
    assertThat(next(listeners.own)).isEqualTo("after=none");
    send("own", "1", "a");
    assertThat(next(listeners.own)).isEqualTo("intercepted=a");
    assertThat(next(listeners.own)).isEqualTo("1=a");
    assertThat(next(listeners.own)).isEqualTo("returned=a");
    assertThat(next(listeners.own)).isEqualTo("after=none");
    send("own", "2", Ids.NONE);
    assertThat(next(listeners.own)).isEqualTo("intercepted=none");
    assertThat(next(listeners.own)).isEqualTo("2=none");
    assertThat(next(listeners.own)).isEqualTo("returned=none");
    assertThat(next(listeners.own)).isEqualTo("after=none");
  }

  /** An observation's scope is around the listener, and perhaps around the interceptors. */
  @Test
  void observedRecords_haveTheirOwnHeaders_andLeaveNothing() throws Exception {
    try (ConfigurableApplicationContext observed =
        start("spring.kafka.listener.observation-enabled=true", "a=b", "c=d", "observed=true")) {
      Listeners others = observed.getBean(Listeners.class);
      for (int i = 0; i < 20; i++) {
        send("observed", "" + i, Ids.of(i));
        assertThat(next(others.observed)).isEqualTo(i + "=" + Ids.of(i) + " in a span");
      }
      send("observed", "failing", "a");
      assertThat(next(others.observed)).isEqualTo("failing=a in a span");
      assertThat(next(others.observed)).isEqualTo("failing=a in a span");
      send("observed", "last", Ids.NONE);
      assertThat(next(others.observed)).isEqualTo("last=none in a span");
      send("observed", "after", Ids.NONE);
      assertThat(next(others.observed)).isEqualTo("after=none in a span");
      assertThat(observed.getBean(OwnInterceptor.class).leftovers).hasValue(0);
    }
    assertThat(application.getBean(OwnInterceptor.class).leftovers).hasValue(0);
  }

  @Test
  void batch_belongsToNoRequest() throws Exception {
    send("batches", "1", "a");
    assertThat(next(listeners.batches)).isEqualTo("1=none");
  }

  @Test
  void retriedRecord_hasItsHeadersAgain_andTheNextItsOwn() throws Exception {
    send("failing", "1", "a");
    assertThat(next(listeners.failing)).isEqualTo("1=a");
    assertThat(next(listeners.failing)).isEqualTo("1=a");
    send("failing", "2", Ids.NONE);
    assertThat(next(listeners.failing)).isEqualTo("2=none");
    assertThat(next(listeners.failing)).isEqualTo("2=none");
  }

  @Test
  void sentRecord_hasTheHeadersOfItsRequest_andTheApplicationsWin() throws Exception {
    ProducerRecord<String, String> twice = new ProducerRecord<>("sent", "twice");
    inRequest("a", () -> template().send(twice));
    assertThat(listeners.sent.poll(60, TimeUnit.SECONDS))
        .containsExactly("twice", "x-request-id: a", "b3: 1");
    inRequest("b", () -> template().send(twice));
    assertThat(listeners.sent.poll(60, TimeUnit.SECONDS))
        .containsExactly("twice", "x-request-id: b", "b3: 1");
    assertThat(twice.headers()).isEmpty();

    ProducerRecord<String, String> own = new ProducerRecord<>("sent", "own");
    own.headers().add("X-B3-Sampled", new byte[] {'0'});
    inRequest("c", () -> template().send(own));
    assertThat(listeners.sent.poll(60, TimeUnit.SECONDS))
        .containsExactly("own", "X-B3-Sampled: 0", "x-request-id: c");

    template().send("sent", "outside");
    assertThat(listeners.sent.poll(60, TimeUnit.SECONDS)).containsExactly("outside");
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void hostsAreNamed_orNothingIsSaid_nothingIsSent(CapturedOutput output) throws Exception {
    for (String[] properties :
        List.of(
            new String[] {"tracing.propagation.messaging=true", "tracing.propagation.forward-to=x"},
            new String[] {"a=b", "c=d", "e=f"})) {
      try (ConfigurableApplicationContext other = start(properties)) {
        Context request = context("a");
        try (Scope scope = request.makeCurrent()) {
          other.getBean(KafkaTemplate.class).send("named", "plain");
        }
        assertThat(other.getBean(Listeners.class).named.poll(60, TimeUnit.SECONDS))
            .containsExactly("plain");
      }
    }
    assertThat(output)
        .containsOnlyOnce("No tracing headers are forwarded with KafkaTemplate: messages have no host");
  }

  private static void inRequest(String id, Runnable work) {
    context(id).wrap(work).run();
  }

  private static Context context(String id) {
    return TracingPropagation.create()
        .extract(
            Context.root(),
            Map.of("x-request-id", id, "b3", "1"),
            new TextMapGetter<Map<String, String>>() {
              @Override
              public Iterable<String> keys(Map<String, String> headers) {
                return headers.keySet();
              }

              @Override
              public String get(Map<String, String> headers, String name) {
                return headers.get(name);
              }
            });
  }
}
