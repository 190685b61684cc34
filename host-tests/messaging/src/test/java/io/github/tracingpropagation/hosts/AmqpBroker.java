// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener;
import org.apache.qpid.server.model.Port;
import org.apache.qpid.server.model.SystemConfig;
import org.apache.qpid.server.model.port.AmqpPort;

/** Qpid's broker, which speaks RabbitMQ's protocol, on a free port of the loopback interface. */
final class AmqpBroker implements AutoCloseable {
  private final AtomicReference<SystemConfig<?>> system = new AtomicReference<>();
  private final SystemLauncher launcher =
      new SystemLauncher(
          new SystemLauncherListener.DefaultSystemLauncherListener() {
            @Override
            public void onContainerResolve(SystemConfig<?> config) {
              system.set(config);
            }
          });

  AmqpBroker() throws Exception {
    launcher.startup(
        Map.of(
            "type",
            "Memory",
            "initialConfigurationLocation",
            requireNonNull(AmqpBroker.class.getResource("/amqp-broker.json")).toString(),
            "startupLoggedToSystemOut",
            false));
  }

  int port() {
    return system.get().getContainer().getChildren(Port.class).stream()
        .map(AmqpPort.class::cast)
        .mapToInt(AmqpPort::getBoundPort)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    launcher.shutdown();
  }
}
