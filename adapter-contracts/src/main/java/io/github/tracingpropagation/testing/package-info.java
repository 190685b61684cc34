// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The contracts that every adapter's tests extend, and what these tests share.
 *
 * <p>One contract a role: {@link InboundContract} for a server; {@link RedirectContract} or {@link
 * NoRedirectContract}, the two kinds of {@link OutboundContract}, for a client; {@link
 * TracedClientContract} for a client that a {@link Tracer} instruments too. They run the rows of
 * {@link PropagationCase}. A server or client that differs overrides a test and says how with
 * {@link Quirk}; {@link Matrix} makes the tables of docs/compatibility.md.
 *
 * <p>Around the adapter: {@link RawHttp} sends requests to a server, {@link Downstream} is the
 * service that a client calls, {@link HeaderLines} reads and writes headers as lines, {@link Log}
 * collects the library's messages, {@link MapRequest} records what is injected, {@link NativeImage}
 * reads what a jar registers for native images, {@link VirtualThreads} exist since JDK 21.
 *
 * <p>In each module that has this one on its tests' class path, {@link RootContextExtension} fails
 * a test that leaves a context behind, and {@link OverriddenTestsExtension} a class that silently
 * leaves out a test of its contract. {@link Docs} compares the documentation with the tests.
 */
@NullMarked
package io.github.tracingpropagation.testing;

import io.github.tracingpropagation.check.PropagationCase;
import org.jspecify.annotations.NullMarked;
