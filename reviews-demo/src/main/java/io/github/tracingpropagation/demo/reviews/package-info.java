// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Bookinfo's reviews: a Jakarta REST application on Jersey and Jetty. {@code ReviewsService}
 * registers the library's feature, {@code OkHttpRatingsClient} and {@code JaxrsRatingsClient} call
 * ratings, each with the library's adapter for its client.
 */
@NullMarked
package io.github.tracingpropagation.demo.reviews;

import org.jspecify.annotations.NullMarked;
