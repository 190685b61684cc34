// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Real Envoys as gateway and sidecars: {@code EnvoyProgram} finds the program, {@code
 * EnvoyConfiguration} fills YAML files in as Istio's pilot would, {@code EnvoyProcess} runs them,
 * {@code EnvoySidecars} makes a mesh of several.
 */
@NullMarked
package io.github.tracingpropagation.demo.envoy;

import org.jspecify.annotations.NullMarked;
