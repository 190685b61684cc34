// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** A controller under MockMvc responds as without the filter, and sees the captured headers. */
class MockMvcTest {
  /** The captured {@code x-request-id} that each call of the controller saw. */
  private final List<@Nullable String> seen = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"/sync", "/callable", "/deferred", "/streamed", "/events", "/error"})
  void rule12_response_isTheSameAsWithoutTheFilter(String path) throws Exception {
    List<Object> without = answer(path);
    assertThat(without.toString()).contains("five stars");

    Filter filter = new TracingPropagationFilter();
    assertThat(answer(path, filter)).isEqualTo(without);
    assertThat(answer(path, filter, new TracingPropagationFilter(TracingPropagation.create())))
        .isEqualTo(without);
    assertThat(seen).containsExactly(null, "abc", "abc");
  }

  private List<Object> answer(String path, Filter... filters) throws Exception {
    MockMvc mvc = MockMvcBuilders.standaloneSetup(new Reviews()).addFilters(filters).build();
    MvcResult result =
        mvc.perform(post(path).header("x-request-id", "abc").content("five stars")).andReturn();
    List<Object> answer = new ArrayList<>();
    answer.add(result.getRequest().isAsyncStarted());
    if (result.getRequest().isAsyncStarted()) {
      answer.add(String.valueOf(result.getAsyncResult()));
      result = mvc.perform(asyncDispatch(result)).andReturn();
    }
    answer.add(result.getResponse().getStatus());
    answer.add(String.valueOf(result.getResponse().getErrorMessage()));
    answer.add(String.valueOf(result.getResponse().getContentType()));
    answer.add(result.getResponse().getContentAsString());
    return answer;
  }

  @RestController
  public final class Reviews {
    @PostMapping("/sync")
    public String sync(@RequestBody String body) {
      return seen(body);
    }

    @PostMapping("/callable")
    public Callable<String> callable(@RequestBody String body) {
      seen(body);
      return () -> body;
    }

    @PostMapping("/deferred")
    public DeferredResult<String> deferred(@RequestBody String body) {
      DeferredResult<String> result = new DeferredResult<>();
      result.setResult(seen(body));
      return result;
    }

    @PostMapping("/streamed")
    public StreamingResponseBody streamed(@RequestBody String body) {
      seen(body);
      return out -> out.write(body.getBytes(StandardCharsets.UTF_8));
    }

    @PostMapping("/events")
    public SseEmitter events(@RequestBody String body) throws IOException {
      SseEmitter events = new SseEmitter();
      events.send(seen(body));
      events.complete();
      return events;
    }

    @PostMapping("/error")
    public void error(@RequestBody String body, HttpServletResponse response) throws IOException {
      response.sendError(409, seen(body));
    }

    private String seen(String body) {
      seen.add(CapturedHeaders.current().requestId());
      return body;
    }
  }
}
