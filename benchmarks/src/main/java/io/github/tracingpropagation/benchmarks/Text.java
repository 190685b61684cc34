// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.util.Locale;

/** How figures are written. */
final class Text {
  private Text() {}

  static String whole(double figure) {
    return String.format(Locale.ROOT, "%,.0f", figure == 0 ? 0.0 : figure); // never -0
  }

  static String ratio(double figure) {
    return String.format(Locale.ROOT, "%.2f", figure);
  }

  static String ratio(Spread spread) {
    return ratio(spread.median());
  }

  /** Returns the least and the greatest. */
  static String range(Spread spread) {
    return ratio(spread.min()) + "–" + ratio(spread.max());
  }

  static String code(Object name) {
    return "`" + name + "`";
  }
}
