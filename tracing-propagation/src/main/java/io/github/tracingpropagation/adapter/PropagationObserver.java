// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.adapter;

import io.github.tracingpropagation.CapturedHeaders;

/**
 * Observes what is captured, dropped, forwarded and not forwarded, for example to count it. {@link
 * io.github.tracingpropagation.TracingPropagation#observedBy} attaches it.
 *
 * <p>Called on the threads of requests, so an implementation must be thread-safe and must not
 * block. What it throws is logged once and otherwise ignored. No method has a header's value or a
 * host, except for {@link #captured}, whose argument has the values: they belong in no metric.
 */
public interface PropagationObserver {

  /** Why a value that arrived is not forwarded. A blank value counts as absent, not as dropped. */
  enum DropReason {
    /** It does not have the format of its header, or is not printable ASCII. */
    MALFORMED,
    /** It is longer than {@code max-value-length}. */
    TOO_LONG,
    /** There is more than one line of a header that allows one, or not all lines are readable. */
    REPEATED,
    /** A header that it requires is absent or dropped. */
    INCOMPLETE
  }

  /** Why an adapter forwards nothing. */
  enum RefusalCause {
    /** The client may follow redirects or choose another host after the host was checked. */
    UNKNOWN_HOST,
    /** It is not known to which inbound request the call belongs. */
    UNKNOWN_CALLER
  }

  /**
   * An inbound request, or what else a context is extracted from, was read.
   *
   * @param captured the headers of it; empty if none arrived
   */
  default void captured(CapturedHeaders captured) {}

  /**
   * A header of an inbound request is not forwarded. At most once for each name and request.
   *
   * @param header the name in lower case, one of {@code TracingPropagation.fields()}
   * @param reason why
   */
  default void dropped(String header, DropReason reason) {}

  /**
   * At least one header was set on an outgoing request. Each redirect and each retry is a request
   * of its own.
   */
  default void forwarded() {}

  /** Nothing was set on an outgoing request, because its host may not receive the headers. */
  default void withheld() {}

  /**
   * An adapter forwards nothing, as it also logs once: for each call, or for each client where that
   * is decided when the client is built.
   *
   * @param cause why
   * @param client the client or the kind of call, such as "a WebClient"
   * @param reason why, in words
   */
  default void refused(RefusalCause cause, String client, String reason) {}
}
