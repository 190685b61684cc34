// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** An application without a word about tracing in it. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(Reviews.class)
class ReviewsApplication {}
