// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The services reviews and ratings of Istio's bookinfo, as a user of the library writes them.
 *
 * <p>{@code ReviewsService} is Jakarta REST and calls ratings with OkHttp or with the Jakarta REST
 * client; {@code RatingsService} is a servlet. The {@code …Command}s are the command line, the
 * {@code …Settings} what the environment says, and the {@code Story} plays requests through both.
 */
@NullMarked
package io.github.tracingpropagation.demo;

import org.jspecify.annotations.NullMarked;
