// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import org.springframework.boot.SpringApplication;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** A real broker, one for all tests of a JVM, whose topics have two partitions. */
final class KafkaBroker {
  private static final EmbeddedKafkaKraftBroker BROKER = start();

  private KafkaBroker() {}

  private static EmbeddedKafkaKraftBroker start() {
    EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 2);
    broker.brokerProperty("group.initial.rebalance.delay.ms", "0");
    broker.brokerProperty("transaction.state.log.replication.factor", "1");
    broker.brokerProperty("transaction.state.log.min.isr", "1");
    broker.afterPropertiesSet();
    SpringApplication.getShutdownHandlers().add(broker::destroy); // after all applications
    return broker;
  }

  /** Returns the addresses of the broker, which has these topics now. */
  static String with(String... topics) {
    BROKER.addTopics(topics);
    return BROKER.getBrokersAsString();
  }
}
