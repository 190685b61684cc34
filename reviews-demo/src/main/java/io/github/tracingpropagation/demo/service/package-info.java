// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What the demo's servers share: starting and stopping, the report of each served request, the
 * access log, environment variables, JSON and log levels.
 */
@NullMarked
package io.github.tracingpropagation.demo.service;

import org.jspecify.annotations.NullMarked;
