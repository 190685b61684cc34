// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/** What the tests of all modules share: the table of cases, and a contract for each role. */
@NullMarked
package io.github.tracingpropagation.testing;

import org.jspecify.annotations.NullMarked;
