// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

/** How bad it is that a rule is broken, the worst first. Immutable, as every enum. */
public enum Severity {
  /** Data of one user or request reaches another one, or a host that must not see it. */
  MIXES_OR_LEAKS(3),
  /** Traces are incomplete or wrong, as they are without any propagation. */
  BREAKS_TRACES(1),
  /** Only values that no sidecar sends do harm: a warning, unless the check is strict. */
  ACCEPTS_HOSTILE_VALUES(0);

  private final int status;

  Severity(int status) {
    this.status = status;
  }

  /** Returns the exit status of a check that finds it. */
  int status() {
    return status;
  }
}
