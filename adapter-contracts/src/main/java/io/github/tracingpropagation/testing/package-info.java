// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/** Shared by the tests of all modules: the table of cases and one abstract contract per role. */
@NullMarked
package io.github.tracingpropagation.testing;

import org.jspecify.annotations.NullMarked;
