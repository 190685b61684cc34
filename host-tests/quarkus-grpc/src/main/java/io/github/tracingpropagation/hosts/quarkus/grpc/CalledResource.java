// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus.grpc;

import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What services call by REST, and a resource that calls by gRPC. */
@Path("/")
public class CalledResource {
  @GrpcClient("called")
  Called grpc;

  @GrpcClient("called")
  CalledGrpc.CalledBlockingStub stub;

  @GET
  @Path("called")
  public Uni<String> called(@HeaderParam("x-request-id") String id) {
    return Uni.createFrom().item(id == null ? "none" : id);
  }

  @GET
  @Path("uni")
  public Uni<String> uni() {
    Request request = Request.getDefaultInstance();
    return grpc.id(request)
        .chain(first -> grpc.id(request).map(second -> first.getIds() + " " + second.getIds()));
  }

  @GET
  @Path("blocking")
  public String blocking() {
    return stub.id(Request.getDefaultInstance()).getIds();
  }

  @Path("called")
  @RegisterRestClient(configKey = "called")
  public interface Client {
    @GET
    String get();

    @GET
    Uni<String> uni();
  }
}
