// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.app;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Lets the host discover resources and providers, and deploys them at the root. */
@ApplicationPath("/")
public class CallingApplication extends Application {}
