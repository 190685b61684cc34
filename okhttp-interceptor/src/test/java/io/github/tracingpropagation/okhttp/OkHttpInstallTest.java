// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Log;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** What {@code install} keeps of a client, and its effect on clients from {@code newBuilder}. */
class OkHttpInstallTest extends OkHttpTestCase {
  @Test
  void install_logsTheSameSettingsOnce() {
    TracingPropagation settings = TracingPropagation.builder().maxValueLength(77).build();
    try (Log log = Log.open()) {
      for (int i = 0; i < 3; i++) {
        OkHttpTracingPropagation.install(new OkHttpClient.Builder(), settings);
      }

      assertThat(log.messages(Level.INFO)).containsExactly("OkHttp forwards with " + settings);
    }
  }

  @Test
  void rule11_clientFromNewBuilder_forwards() throws Exception {
    OkHttpClient client =
        installed(new OkHttpClient.Builder()).newBuilder().followRedirects(false).build();
    inRequest("abc", () -> enqueue(client.newCall(get("/")))).get();

    assertThat(ratings.received()).containsExactly("x-request-id: abc");
  }

  /** Its calls are not seen by us, and the dispatcher thread's context may be another call's. */
  @Test
  void rule11_clientFromNewBuilderWithAnotherListener_forwardsAfterInstallIsCalledAgain()
      throws Exception {
    OkHttpClient.Builder another =
        installed(new OkHttpClient.Builder().dispatcher(contextWrappingDispatcher()))
            .newBuilder()
            .eventListener(new EventListener() {});
    OkHttpClient without = another.build();
    OkHttpClient again = installed(another);
    try (Log log = Log.open()) {
      inRequest("without", () -> enqueue(without.newCall(get("/1")))).get();
      inRequest("without", () -> enqueue(without.newCall(get("/2")))).get();
      inRequest("again", () -> enqueue(again.newCall(get("/3")))).get();

      assertThat(log.warnings()).hasSize(1).first().asString().contains("install once more");
    }

    assertThat(ratings.received(0)).isEmpty();
    assertThat(ratings.received(1)).isEmpty();
    assertThat(ratings.received(2)).containsExactly("x-request-id: again");
  }

  @Test
  void rule8_installCalledTwice_usesTheLastSettings() throws Exception {
    OkHttpClient any = installed(new OkHttpClient.Builder());
    TracingPropagation elsewhere =
        TracingPropagation.builder().forwardTo(Destinations.hosts("elsewhere")).build();
    OkHttpClient restricted = OkHttpTracingPropagation.install(any.newBuilder(), elsewhere).build();
    inRequest("abc", () -> execute(restricted.newCall(get("/"))));

    assertThat(ratings.received()).isEmpty();
  }

  @Test
  void usersListenerAndInterceptors_areKept() throws Exception {
    Queue<String> events = new ConcurrentLinkedQueue<>();
    OkHttpClient client =
        installed(
            new OkHttpClient.Builder()
                .eventListenerFactory(
                    call -> {
                      events.add("made");
                      return new EventListener() {
                        @Override
                        public void callStart(Call started) {
                          events.add(started == call ? "started" : "another call");
                        }

                        @Override
                        public void callEnd(Call ended) {
                          events.add("ended");
                        }
                      };
                    })
                .addInterceptor(recorder(events, "application"))
                .addNetworkInterceptor(recorder(events, "network")));
    inRequest("abc", () -> enqueue(client.newCall(get("/")))).get();

    assertThat(events).containsExactly("made", "started", "application", "network", "ended");
    assertThat(ratings.received()).containsExactly("x-request-id: abc");
  }

  private static Interceptor recorder(Queue<String> events, String event) {
    return chain -> {
      events.add(event);
      return chain.proceed(chain.request());
    };
  }
}
