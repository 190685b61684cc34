// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0

/** A user on the module path. */
module consumer {
  requires io.github.tracingpropagation;
  requires io.github.tracingpropagation.jdkhttp;
  requires io.opentelemetry.context;
  requires java.net.http;
}
