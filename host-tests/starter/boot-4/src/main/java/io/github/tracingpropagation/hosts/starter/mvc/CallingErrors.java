// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.starter.mvc;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RestController;

@RestController
class CallingErrors extends Failures implements ErrorController {}
