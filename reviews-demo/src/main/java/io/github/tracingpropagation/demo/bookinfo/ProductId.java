// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses a product's number as bookinfo does, which uses JavaScript's {@code parseInt}. */
final class ProductId {
  /** A sign and decimal or hexadecimal digits; the rest of the text is ignored. */
  private static final Pattern NUMBER = Pattern.compile("([-+]?)(?:0[xX]([0-9a-fA-F]*)|([0-9]+))");

  private ProductId() {}

  /** Returns the number at the start of the path's last segment, or null if there is none. */
  static @Nullable BigInteger parse(String path) {
    Matcher matcher = NUMBER.matcher(path.substring(path.lastIndexOf('/') + 1));
    if (!matcher.lookingAt()) {
      return null;
    }
    boolean isHex = matcher.group(2) != null;
    String digits = matcher.group(1) + matcher.group(isHex ? 2 : 3);
    return isHex && matcher.group(2).isEmpty() ? null : new BigInteger(digits, isHex ? 16 : 10);
  }
}
