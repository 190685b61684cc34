// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

/**
 * Headers that together carry one trace. A family is atomic: if the outgoing request already has a
 * member, no other member is added.
 *
 * <p>Used at configuration time only; on the request path {@link HeaderTable} has masks of headers.
 */
enum HeaderFamily {
  REQUEST_ID,
  B3,
  W3C,
  BAGGAGE,
  DATADOG,
  SKYWALKING,
  JAEGER,
  CLOUD_TRACE,
  GRPC_TRACE,
  LIGHTSTEP,
  XRAY
}
