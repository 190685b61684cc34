// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import com.rabbitmq.client.LongString;
import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.InboundHeaders;
import io.opentelemetry.context.Scope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.aopalliance.aop.Advice;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.support.AmqpHeaders;

/**
 * Makes the headers of a message of RabbitMQ, or the empty ones, current around its listener and
 * the application's own advice, such as retries.
 */
record CapturingAdvice(TracingPropagation propagation) implements MethodInterceptor {

  /** Returns a chain of advice that begins with this one, or the same if it is there. */
  Advice[] before(Advice... chain) {
    if (isIn(chain)) {
      return chain;
    }
    Advice[] all = new Advice[chain.length + 1];
    all[0] = this;
    System.arraycopy(chain, 0, all, 1, chain.length);
    return all;
  }

  static boolean isIn(Advice... chain) {
    return Arrays.stream(chain).anyMatch(CapturingAdvice.class::isInstance);
  }

  @Override
  @SuppressWarnings("try") // the scope is only closed
  public @Nullable Object invoke(MethodInvocation call) throws Throwable {
    try (Scope scope = new MessageScope(captured(call.getArguments()))) {
      return call.proceed();
    }
  }

  /** A list of messages belongs to many requests. */
  private CapturedHeaders captured(@Nullable Object[] arguments) {
    for (Object argument : arguments) {
      if (argument instanceof Message message) {
        return captured(message.getMessageProperties().getHeaders());
      }
    }
    return CapturedHeaders.empty();
  }

  /** A batch that was sent as one message has the headers of its first message alone. */
  private CapturedHeaders captured(Map<String, Object> headers) {
    if (headers.containsKey(AmqpHeaders.BATCH_SIZE)) {
      return CapturedHeaders.empty();
    }
    List<Map.Entry<String, List<String>>> entries = new ArrayList<>();
    headers.forEach(
        (name, value) -> {
          String text = text(value);
          if (text != null) {
            entries.add(Map.entry(name, List.of(text)));
          }
        });
    return propagation.capture(InboundHeaders.of(entries));
  }

  /** Spring AMQP leaves a text of more than 1024 bytes as it is. */
  private static @Nullable String text(@Nullable Object value) {
    if (value instanceof LongString text) {
      return new String(text.getBytes(), StandardCharsets.ISO_8859_1);
    }
    return value instanceof String text ? text : null;
  }
}
