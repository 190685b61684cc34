// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Bookinfo's ratings: a servlet on Jetty. {@code RatingsService} adds the library's filter, {@code
 * Faults} are bookinfo's fault modes.
 */
@NullMarked
package io.github.tracingpropagation.demo.ratings;

import org.jspecify.annotations.NullMarked;
