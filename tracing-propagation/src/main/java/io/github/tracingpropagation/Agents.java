// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

record Agents(String text, long families) {
  static final Agents NONE = new Agents("", 0);

  static Agents inThisJvm() {
    return NONE;
  }

  @Override
  public String toString() {
    return text;
  }
}
