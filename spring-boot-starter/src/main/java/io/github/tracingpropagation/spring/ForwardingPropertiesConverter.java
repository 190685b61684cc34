// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.support.MessagePropertiesConverter;

/**
 * Forwards with the messages of a {@code RabbitTemplate}, which converts their properties last, on
 * the thread that sends: the application's post-processors and a tracer have set their headers. The
 * message itself, which the application may send again, is left as it is.
 *
 * @param own the application's converter, or Spring's
 */
record ForwardingPropertiesConverter(TracingPropagation propagation, MessagePropertiesConverter own)
    implements MessagePropertiesConverter {

  @Override
  public BasicProperties fromMessageProperties(MessageProperties source, String charset) {
    BasicProperties properties = own.fromMessageProperties(source, charset);
    CapturedHeaders captured = CapturedHeaders.current();
    if (captured.isEmpty()) {
      return properties;
    }
    Map<String, Object> present = properties.getHeaders();
    Map<String, Object> headers = present == null ? new HashMap<>() : new HashMap<>(present);
    propagation.inject(captured, new OutboundMessage(List.copyOf(headers.keySet()), headers::put));
    return properties.builder().headers(headers).build();
  }

  @Override
  public MessageProperties toMessageProperties(
      BasicProperties source, @Nullable Envelope envelope, String charset) {
    return own.toMessageProperties(source, envelope, charset);
  }
}
