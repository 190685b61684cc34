// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import io.github.tracingpropagation.adapter.OnceLogger;
import io.grpc.Metadata;
import java.lang.System.Logger.Level;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keys of the headers to capture and forward, which gRPC validates each time it creates one. */
final class HeaderKeys {
  private static final OnceLogger LOGGER = OnceLogger.of(GrpcTracingPropagation.class);

  /** Has the text that binary metadata is sent as. */
  static final Metadata.BinaryMarshaller<String> BASE64 = new Base64Marshaller();

  private HeaderKeys() {}

  /**
   * Returns the keys by their names. A name that gRPC does not allow is left out, and logged once.
   */
  static Map<String, Metadata.Key<String>> of(Collection<String> names) {
    Map<String, Metadata.Key<String>> keys = new LinkedHashMap<>();
    for (String name : names) {
      try {
        keys.put(name, of(name));
      } catch (IllegalArgumentException e) {
        LOGGER.log(
            Level.WARNING,
            "gRPC cannot carry a header named "
                + name
                + ": it is neither captured nor forwarded there. Allowed in a name are letters,"
                + " digits, '-', '_' and '.'.");
      }
    }
    return keys;
  }

  private static Metadata.Key<String> of(String name) {
    return name.endsWith(Metadata.BINARY_HEADER_SUFFIX)
        ? Metadata.Key.of(name, BASE64)
        : Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  /** Without padding, which gRPC itself does not write. */
  private static final class Base64Marshaller implements Metadata.BinaryMarshaller<String> {
    @Override
    public byte[] toBytes(String value) {
      return Base64.getDecoder().decode(value);
    }

    @Override
    public String parseBytes(byte[] serialized) {
      return Base64.getEncoder().withoutPadding().encodeToString(serialized);
    }
  }
}
