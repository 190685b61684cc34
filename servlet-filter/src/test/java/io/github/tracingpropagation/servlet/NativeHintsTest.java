// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.NativeImage;
import io.github.tracingpropagation.testing.ReflectiveCalls;
import java.util.List;
import java.util.stream.Stream;
import org.apache.catalina.connector.RequestFacade;
import org.junit.jupiter.api.Test;

/** What the jar tells the builder of a native image is there, in the containers of the tests. */
class NativeHintsTest {

  @Test
  void fieldsAndMethods_exist() throws Exception {
    List<String> jetty =
        Stream.of(JettyHeaders.EE10_REQUEST, JettyHeaders.EE11_REQUEST)
            .filter(NativeHintsTest::isPresent)
            .map(type -> type + ".getFields")
            .toList();

    assertThat(jetty).isNotEmpty();
    assertThat(NativeImage.existing("tracing-propagation-servlet-filter"))
        .contains(RequestFacade.class.getName() + ".request")
        .containsAll(jetty)
        .hasSize(1 + jetty.size());
  }

  /** What they look up is registered: see above. */
  @Test
  void otherReflectiveCalls_areNone() throws Exception {
    assertThat(ReflectiveCalls.in(TomcatRequest.class))
        .containsExactly(
            "JettyHeaders: MethodHandles$Lookup.findVirtual",
            "TomcatRequest: MethodHandles$Lookup.findVarHandle");
  }

  private static boolean isPresent(String type) {
    try {
      Class.forName(type, false, NativeHintsTest.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
