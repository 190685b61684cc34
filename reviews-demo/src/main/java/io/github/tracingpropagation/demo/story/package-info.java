// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The story of the demo. Each {@code Step} sends requests through a {@code Mesh} and reads their
 * traces from Zipkin; {@code Story} checks the counts and prints them.
 */
@NullMarked
package io.github.tracingpropagation.demo.story;

import org.jspecify.annotations.NullMarked;
