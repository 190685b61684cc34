// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.MimeHeaders;

/**
 * Makes Tomcat forget the strings that it made of a request's headers. Its parser leaves bytes, and
 * the first reader of a name or a value pays for a string.
 */
final class UnreadHeaders extends ValveBase implements Runnable {
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Field(MessageBytes field, byte[] bytes) {
    static Field of(MessageBytes field) {
      return new Field(field, field.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    boolean isUnread() {
      return field.getType() == MessageBytes.T_BYTES;
    }

    void forget() {
      field.setBytes(bytes, 0, bytes.length);
    }
  }

  private final List<Field> fields = new ArrayList<>();
  private int requests;

  UnreadHeaders() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    MimeHeaders headers = request.getCoyoteRequest().getMimeHeaders();
    for (int i = 0; i < headers.size(); i++) {
      fields.add(Field.of(headers.getName(i)));
      fields.add(Field.of(headers.getValue(i)));
    }
    getNext().invoke(request, response);
  }

  /** What reads a request reads the same of each, so that from the third on the rest stays. */
  @Override
  public void run() {
    if (requests++ == 2) {
      fields.removeIf(Field::isUnread);
    }
    for (int i = 0; i < fields.size(); i++) { // an iterator would be a part of the cost
      fields.get(i).forget();
    }
  }
}
