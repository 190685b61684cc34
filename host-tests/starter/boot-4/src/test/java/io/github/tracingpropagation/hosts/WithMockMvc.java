// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;

/** The name of the annotation in this line of Spring Boot. */
@Retention(RetentionPolicy.RUNTIME)
@AutoConfigureMockMvc
@interface WithMockMvc {}
