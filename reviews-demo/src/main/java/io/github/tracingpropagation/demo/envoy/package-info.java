// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Real Envoys as gateway and sidecars: {@code Envoy} finds the program, {@code Template} and the
 * YAML files beside it make the configuration that Istio's pilot would write, {@code EnvoyProcess}
 * runs it, {@code EnvoySidecars} makes a mesh of several.
 */
@NullMarked
package io.github.tracingpropagation.demo.envoy;

import org.jspecify.annotations.NullMarked;
