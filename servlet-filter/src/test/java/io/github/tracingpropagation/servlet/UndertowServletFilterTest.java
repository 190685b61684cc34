// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.github.tracingpropagation.check.PropagationCase;
import io.github.tracingpropagation.testing.Quirk;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.protocol.http2.Http2UpgradeHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ErrorPage;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Undertow 2.3")
class UndertowServletFilterTest extends ServletFilterContract {
  @Override
  Server start(Application application, int workers) throws Exception {
    DeploymentManager app =
        Servlets.newContainer()
            .addDeployment(
                Servlets.deployment()
                    .setClassLoader(getClass().getClassLoader())
                    .setContextPath("/")
                    .setDeploymentName("application")
                    .addErrorPage(new ErrorPage("/forward", 409))
                    .addServletContainerInitializer(
                        new ServletContainerInitializerInfo(
                            Application.class,
                            new ImmediateInstanceFactory<>(application),
                            Set.of())));
    app.deploy();
    Undertow undertow =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setIoThreads(1)
            .setWorkerThreads(workers)
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .setHandler(new Http2UpgradeHandler(app.start()))
            .build();
    undertow.start();
    int port = ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    return new Server(
        URI.create("http://127.0.0.1:" + port + "/"),
        undertow.getWorker(),
        () -> {
          app.stop();
          undertow.stop();
        });
  }

  @Override
  @ParameterizedTest
  @MethodSource("io.github.tracingpropagation.check.PropagationCase#all")
  @Quirk("yes, but Undertow reads a tab as a space")
  protected void request_isCaptured(PropagationCase row) throws Exception {
    List<String> out = row.out().stream().map(line -> line.replace('\t', ' ')).toList();
    super.request_isCaptured(new PropagationCase(row.name(), row.in(), out));
  }
}
