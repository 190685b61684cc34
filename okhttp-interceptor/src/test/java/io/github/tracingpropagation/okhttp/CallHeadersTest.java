// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.OkHttp;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both implementations of {@link CallHeaders}; with OkHttp 4 the default one is the weak map. */
class CallHeadersTest extends OkHttpTestCase {
  private static final ContextKey<AtomicReference<Call>> HOLDER = ContextKey.named("holder");

  private enum Implementation {
    DEFAULT,
    WEAK_MAP;

    OkHttpClient client(EventListener.Factory listeners) {
      CallHeaders calls =
          this == DEFAULT ? CallHeaders.delegatingTo(listeners) : new WeakMapHeaders(listeners);
      HeaderInjector injector = new HeaderInjector(TracingPropagation.create(), calls::of);
      return new OkHttpClient.Builder()
          .eventListenerFactory(calls)
          .addNetworkInterceptor(new TracingPropagationInterceptor(injector))
          .build();
    }
  }

  @Test
  void delegatingTo_usesTags_ifCallsHaveThem() {
    assertThat(CallHeaders.delegatingTo(call -> EventListener.NONE))
        .isInstanceOf(
            OkHttp.VERSION.startsWith("4.") ? WeakMapHeaders.class : CallTagHeaders.class);
  }

  @ParameterizedTest
  @EnumSource
  void rule11_queuedCalls_forwardTheirOwnHeaders(Implementation implementation) throws Exception {
    OkHttpClient client = implementation.client(call -> EventListener.NONE);
    Call none = client.newCall(get("/none"));
    Call first = inRequest("first", () -> client.newCall(get("/first")));
    Call second = inRequest("second", () -> client.newCall(get("/second")));

    assertThat(inRequest("another", () -> execute(second))).isEqualTo(200);
    assertThat(inRequest("another", () -> execute(none))).isEqualTo(200);
    assertThat(inRequest("another", () -> enqueue(first)).get()).isEqualTo(200);
    assertThat(inRequest("clone", () -> execute(first.clone()))).isEqualTo(200);

    assertThat(ratings.received(0)).containsExactly("x-request-id: second");
    assertThat(ratings.received(1)).isEmpty();
    assertThat(ratings.received(2)).containsExactly("x-request-id: first");
    assertThat(ratings.received(3)).containsExactly("x-request-id: clone");
  }

  @ParameterizedTest
  @EnumSource
  void usersListener_receivesTheEvents(Implementation implementation) throws Exception {
    List<String> events = new ArrayList<>();
    OkHttpClient client =
        implementation.client(
            made ->
                new EventListener() {
                  @Override
                  public void callStart(Call call) {
                    assertThat(call).isSameAs(made);
                    events.add("start");
                  }

                  @Override
                  public void connectionAcquired(Call call, Connection connection) {
                    events.add("connection");
                  }

                  @Override
                  public void callEnd(Call call) {
                    events.add("end");
                  }
                });

    assertThat(inRequest(1, () -> execute(client.newCall(get("/"))))).isEqualTo(200);

    assertThat(events).containsExactly("start", "connection", "end");
    assertThat(ratings.received()).containsExactly("x-request-id: 1");
  }

  @ParameterizedTest
  @EnumSource
  void unreachableCall_isCollectedWithItsContext(Implementation implementation) throws Exception {
    OkHttpClient client = implementation.client(call -> EventListener.NONE);
    Context context = HeaderLines.captured("x-request-id: 1").storeInContext(Context.root());
    Call call = context.wrap(() -> client.newCall(get("/"))).call();
    execute(call);
    WeakReference<Call> calls = new WeakReference<>(call);
    WeakReference<Context> contexts = new WeakReference<>(context);
    call = null;
    context = null;

    assertCollected(client, calls, contexts);
  }

  /** An unreachable call would leak if its stored context referred to it. */
  @ParameterizedTest
  @EnumSource
  void contextThatRefersToItsCall_isCollectedWithTheCall(Implementation implementation)
      throws Exception {
    OkHttpClient client = implementation.client(call -> EventListener.NONE);
    AtomicReference<Call> holder = new AtomicReference<>();
    Context context =
        HeaderLines.captured("x-request-id: 1").storeInContext(Context.root().with(HOLDER, holder));
    Call call = context.wrap(() -> client.newCall(get("/"))).call();
    holder.set(call);
    execute(call);
    assertThat(ratings.received()).containsExactly("x-request-id: 1");
    WeakReference<Call> calls = new WeakReference<>(call);
    WeakReference<Context> contexts = new WeakReference<>(context);
    holder = null;
    call = null;
    context = null;

    assertCollected(client, calls, contexts);
  }

  /** A call may be reachable for long: its body streams, or it waits in the queue. */
  @ParameterizedTest
  @EnumSource
  void reachableCall_doesNotRetainItsContext(Implementation implementation) throws Exception {
    OkHttpClient client = implementation.client(call -> EventListener.NONE);
    Context context =
        HeaderLines.captured("x-request-id: 1")
            .storeInContext(Context.root().with(HOLDER, new AtomicReference<>()));
    Call call = context.wrap(() -> client.newCall(get("/"))).call();
    WeakReference<Context> contexts = new WeakReference<>(context);
    context = null;

    assertCollected(client, contexts);
    ratings.reset();
    execute(call);
    assertThat(ratings.received()).containsExactly("x-request-id: 1");
  }
}
