// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import io.github.tracingpropagation.TracingPropagation;
import okhttp3.OkHttpClient;

class TracingPropagationInterceptorTest extends OkHttpContract {
  @Override
  OkHttpClient.Builder wire(OkHttpClient.Builder client, TracingPropagation propagation) {
    return client.addNetworkInterceptor(new TracingPropagationInterceptor(propagation));
  }
}
