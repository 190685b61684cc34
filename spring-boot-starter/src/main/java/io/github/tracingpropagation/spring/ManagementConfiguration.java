// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Import;

/**
 * Inbound, the actuator on a port of its own: a child context with its own server, to which the
 * application's servlet filters do not belong. Its {@code WebFilter}s do.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = TracingPropagationProperties.ENABLED, matchIfMissing = true)
@ConditionalOnBean(TracingPropagation.class)
@Import(ServletConfiguration.class)
class ManagementConfiguration {}
