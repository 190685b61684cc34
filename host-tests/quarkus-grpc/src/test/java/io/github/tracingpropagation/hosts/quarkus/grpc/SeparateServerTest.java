// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus.grpc;

import io.quarkus.test.junit.QuarkusTest;

/** On a server of its own, which is the default. */
@QuarkusTest
class SeparateServerTest extends GrpcServicesContract {}
