// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import io.github.tracingpropagation.check.PropagationCheck;
import io.github.tracingpropagation.hosts.starter.mvc.Application;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;

/** The application passes the check as it is, with each tracer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PropagationCheckTest {
  private PropagationCheck check;
  private RunningApplication application;

  @BeforeAll
  void startApplication() throws Exception {
    check = PropagationCheck.builder().requests(640).concurrency(32).start();
    application =
        LocalApplication.start(
            List.of(Application.class),
            WebApplicationType.SERVLET,
            check.uri().toString(),
            List.of("scheduled=-")); // whose calls no request causes
  }

  @AfterAll
  void stop() {
    application.close();
    check.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain/rest-client", "async/rest-template", "mono/web-client"})
  void application_keepsEveryRule(String path) throws Exception {
    check.check(application.uri() + "/" + path + "?id={n}").assertKept();
  }
}
