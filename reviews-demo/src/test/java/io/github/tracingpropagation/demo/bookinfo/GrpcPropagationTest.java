// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

final class GrpcPropagationTest extends PropagationContract {
  GrpcPropagationTest() {
    super("grpc");
  }
}
