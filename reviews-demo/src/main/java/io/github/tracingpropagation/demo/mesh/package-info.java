// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * A mesh on one machine: bookinfo's services, a gateway and the sidecars. {@code BuiltInSidecars}
 * are reverse proxies on Armeria, which handle tracing headers as Istio's Envoy does; their spans
 * are Brave's. {@code EnvoySidecars} are real Envoys, with the YAML files beside it as Istio's
 * pilot would write them.
 */
@NullMarked
package io.github.tracingpropagation.demo.mesh;

import org.jspecify.annotations.NullMarked;
