// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Bookinfo's reviews and ratings. {@code ReviewsService} is a Jakarta REST application on Jersey
 * with the library's feature; {@code RatingsClient} calls ratings with OkHttp or the Jakarta REST
 * client, each with the library's adapter. {@code RatingsService} is a servlet with the library's
 * filter. {@code JettyService} is the server that both run on.
 */
@NullMarked
package io.github.tracingpropagation.demo.bookinfo;

import org.jspecify.annotations.NullMarked;
