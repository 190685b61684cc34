// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.time.Duration;

/**
 * What a report says of the run itself.
 *
 * @param requests how many requests were sent
 * @param calls how many calls arrived
 * @param time how long it took
 * @param badStatus the status of an ordinary response if it was not expected, or 0
 * @param whole whether the check ended before its maximum time
 */
record CheckFacts(int requests, int calls, Duration time, int badStatus, boolean whole) {}
