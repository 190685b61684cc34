// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;

import io.github.tracingpropagation.CapturedHeaders;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A test of the application's controllers alone. */
@SliceOfControllers
@ContextConfiguration(classes = ControllersSliceTest.Sliced.class)
@Import(ControllersSliceTest.Reviews.class)
class ControllersSliceTest {
  @SpringBootConfiguration
  static class Sliced {}

  @RestController
  static class Reviews {
    @GetMapping("/reviews")
    String reviews() {
      return "request " + CapturedHeaders.current().requestId();
    }
  }

  @Test
  void request_isCaptured(@Autowired MockMvc mvc) throws Exception {
    mvc.perform(get("/reviews").header("x-request-id", "abc"))
        .andExpect(content().string("request abc"));
    mvc.perform(get("/reviews")).andExpect(content().string("request null"));
  }
}
