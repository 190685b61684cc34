// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

/** The check has taken as long as it may: what was found so far is reported. */
final class TimeUpException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  TimeUpException() {
    super("The check has not ended within its maximum time.");
  }
}
