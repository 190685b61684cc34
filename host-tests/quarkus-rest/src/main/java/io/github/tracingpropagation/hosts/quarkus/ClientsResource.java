// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.httpclient5.ApacheHttpTracingPropagation;
import io.github.tracingpropagation.jaxrs.TracingPropagationFeature;
import io.github.tracingpropagation.jdkhttp.JdkHttpTracingPropagation;
import io.github.tracingpropagation.okhttp.OkHttpTracingPropagation;
import io.opentelemetry.context.Context;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletionStage;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.BasicHttpClientResponseHandler;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Calls with other clients, and with REST clients that are built by code. */
@Path("/")
@Singleton
public class ClientsResource {
  private final HeaderCopyingRatings copying;
  private final ManagedExecutor executor;
  private final TracingPropagation propagation;
  private final URI downstream;
  private final HttpClient plainJdk = HttpClient.newHttpClient();
  private final HttpClient jdk;
  private final OkHttpClient okHttp;
  private final CloseableHttpClient apache;
  private final Ratings balanced;
  private final Client jakarta;
  private final Client jakartaFeature;

  @Inject
  ClientsResource(
      @RestClient HeaderCopyingRatings copying,
      ManagedExecutor executor,
      TracingPropagation propagation,
      @ConfigProperty(name = "quarkus.rest-client.ratings.url") URI downstream) {
    this.copying = copying;
    this.executor = executor;
    this.propagation = propagation;
    this.downstream = downstream;
    jdk = JdkHttpTracingPropagation.wrap(HttpClient.newHttpClient(), propagation);
    okHttp =
        OkHttpTracingPropagation.install(new OkHttpClient.Builder(), propagation).build();
    apache =
        ApacheHttpTracingPropagation.install(
                HttpClientBuilder.create().disableRedirectHandling(), propagation)
            .build();
    balanced =
        QuarkusRestClientBuilder.newBuilder()
            .baseUri(downstream)
            .register(new LoadBalancer())
            .build(Ratings.class);
    jakarta = ClientBuilder.newClient();
    jakartaFeature =
        ClientBuilder.newBuilder().register(new TracingPropagationFeature(propagation)).build();
  }

  private URI uri(String n) {
    return URI.create(downstream + "?n=" + n);
  }

  @GET
  @Path("jdk")
  public String jdk(@QueryParam("n") String n) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri(n)).build();
    return jdk.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  @GET
  @Path("jdk-async")
  public CompletionStage<String> jdkAsync(@QueryParam("n") String n) {
    HttpRequest request = HttpRequest.newBuilder(uri(n)).build();
    return jdk.sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApply(HttpResponse::body);
  }

  @GET
  @Path("jdk-worker")
  public CompletionStage<String> jdkWorker(@QueryParam("n") String n) {
    return executor.supplyAsync(
        () -> {
          try {
            return jdk(n);
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** A client without an adapter: the context must be given the headers. */
  @GET
  @Path("inject")
  public String inject(@QueryParam("n") String n) throws IOException, InterruptedException {
    URI uri = uri(n);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    // docs: quarkus inject
    Context context = Context.current().with(CapturedHeaders.current());
    propagation.inject(context, uri, request, HttpRequest.Builder::setHeader);
    // docs: end
    return plainJdk.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
  }

  @GET
  @Path("okhttp")
  public String okHttp(@QueryParam("n") String n) throws IOException {
    Request request = new Request.Builder().url(uri(n).toString()).build();
    try (Response response = okHttp.newCall(request).execute()) {
      return response.body().string();
    }
  }

  @GET
  @Path("apache")
  public String apache(@QueryParam("n") String n) throws IOException {
    return apache.execute(new HttpGet(uri(n)), new BasicHttpClientResponseHandler());
  }

  @GET
  @Path("rest-client-builder")
  public String restClientBuilder(@QueryParam("n") String n) {
    return RestClientBuilder.newBuilder().baseUri(downstream).build(Ratings.class).get(n);
  }

  @GET
  @Path("quarkus-rest-client-builder")
  public Uni<String> quarkusRestClientBuilder(@QueryParam("n") String n) {
    return QuarkusRestClientBuilder.newBuilder().baseUri(downstream).build(Ratings.class).uni(n);
  }

  @GET
  @Path("client-headers")
  public String clientHeaders(@QueryParam("n") String n) {
    return copying.get(n);
  }

  /** Its setting loses once hosts are named. */
  @GET
  @Path("following-client")
  public String followingClient(@QueryParam("n") String n) {
    return QuarkusRestClientBuilder.newBuilder()
        .baseUri(downstream)
        .followRedirects(true)
        .build(Ratings.class)
        .get(n);
  }

  @GET
  @Path("other-host")
  public String otherHost(@QueryParam("n") String n) {
    URI other = URI.create(downstream.toString().replace("localhost", "127.0.0.1"));
    return RestClientBuilder.newBuilder().baseUri(other).build(Ratings.class).get(n);
  }

  @GET
  @Path("load-balanced")
  public Uni<String> loadBalanced(@QueryParam("n") String n) {
    return balanced.uni(n);
  }

  @GET
  @Path("stork")
  public Uni<String> stork(@QueryParam("n") String n) {
    return storkClient("ratings").uni(n);
  }

  @GET
  @Path("blocking-stork")
  public String blockingStork(@QueryParam("n") String n) {
    return storkClient("ratings").get(n);
  }

  /** Stork's service {@code localhost} is another host. */
  @GET
  @Path("stork-other-host")
  public Uni<String> storkOtherHost(@QueryParam("n") String n) {
    return storkClient("localhost").uni(n);
  }

  private static Ratings storkClient(String service) {
    return QuarkusRestClientBuilder.newBuilder()
        .baseUri(URI.create("stork://" + service + "/called"))
        .build(Ratings.class);
  }

  /** A proxy or a sidecar chooses the host by this header. */
  @GET
  @Path("other-host-header")
  public String otherHostHeader(@QueryParam("n") String n) {
    return QuarkusRestClientBuilder.newBuilder()
        .baseUri(downstream)
        .register(
            (ClientRequestFilter) request -> request.getHeaders().putSingle("host", "evil.example"))
        .build(Ratings.class)
        .get(n);
  }

  /** Quarkus adds no filter to a client that Jakarta REST builds. */
  @GET
  @Path("jakarta-client")
  public String jakartaClient(@QueryParam("n") String n) {
    return jakarta.target(downstream).queryParam("n", n).request().get(String.class);
  }

  @GET
  @Path("jakarta-client-feature")
  public String jakartaClientFeature(@QueryParam("n") String n) {
    return jakartaFeature.target(downstream).queryParam("n", n).request().get(String.class);
  }
}
