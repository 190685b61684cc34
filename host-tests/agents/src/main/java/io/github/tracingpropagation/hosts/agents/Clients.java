// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.agents;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.httpclient5.ApacheHttpTracingPropagation;
import io.github.tracingpropagation.jaxrs.TracingPropagationFeature;
import io.github.tracingpropagation.jdkhttp.JdkHttpTracingPropagation;
import io.github.tracingpropagation.okhttp.OkHttpTracingPropagation;
import io.github.tracingpropagation.reactor.ReactorNettyTracingPropagation;
import io.opentelemetry.context.Context;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** The clients, each wired as the documentation says. */
final class Clients {
  private final TracingPropagation propagation = TracingPropagation.fromEnvironment();
  private final OkHttpClient okHttp =
      OkHttpTracingPropagation.install(new OkHttpClient.Builder(), propagation).build();
  private final HttpClient jdk = HttpClient.newHttpClient();
  private final HttpClient wrapped = JdkHttpTracingPropagation.wrap(jdk, propagation);
  private final CloseableHttpClient apache =
      ApacheHttpTracingPropagation.install(HttpClients.custom(), propagation).build();
  private final CloseableHttpAsyncClient apacheAsync =
      ApacheHttpTracingPropagation.install(HttpAsyncClients.custom(), propagation).build();
  private final reactor.netty.http.client.HttpClient reactorNetty =
      ReactorNettyTracingPropagation.install(
          reactor.netty.http.client.HttpClient.create(), propagation);
  private final GrpcEcho grpc = GrpcEcho.start(propagation);
  private final Client jersey =
      ClientBuilder.newClient().register(new TracingPropagationFeature(propagation));
  private final URI uri;

  Clients(URI uri) {
    this.uri = uri;
    apacheAsync.start();
  }

  /** Returns the body of downstream's response. */
  String call(String client) throws IOException {
    return switch (client) {
      case "okhttp" -> body(okHttp().execute());
      case "okhttp-enqueue" -> enqueue(okHttp());
      case "jdk" -> jdk();
      case "jdk-wrapped" -> wrapped();
      case "apache" ->
          apache.execute(new HttpGet(uri), response -> EntityUtils.toString(response.getEntity()));
      case "apache-async" -> apacheAsync();
      case "reactor-netty" ->
          reactorNetty.get().uri(uri).responseContent().aggregate().asString().block();
      case "grpc" -> grpc.call();
      case "jersey" -> jersey.target(uri).request().get(String.class);
      case "jersey-async" ->
          jersey.target(uri).request().rx().get(String.class).toCompletableFuture().join();
      case "url-connection" -> urlConnection();
      case "socket" -> socket();
      default -> throw new IllegalArgumentException(client);
    };
  }

  private Call okHttp() {
    return okHttp.newCall(new Request.Builder().url(uri.toString()).build());
  }

  private static String enqueue(Call call) {
    CompletableFuture<String> body = new CompletableFuture<>();
    call.enqueue(
        new Callback() {
          @Override
          public void onResponse(Call answered, Response response) throws IOException {
            body.complete(body(response));
          }

          @Override
          public void onFailure(Call failed, IOException e) {
            body.completeExceptionally(e);
          }
        });
    return body.join();
  }

  private static String body(Response response) throws IOException {
    try (response) {
      return response.body().string();
    }
  }

  private String jdk() throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    propagation.inject(Context.current(), uri, request, HttpRequest.Builder::setHeader);
    return jdk.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString()).join().body();
  }

  private String wrapped() {
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    return wrapped.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join().body();
  }

  private String apacheAsync() {
    try {
      return apacheAsync.execute(SimpleRequestBuilder.get(uri).build(), null).get().getBodyText();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private String urlConnection() throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    propagation.inject(Context.current(), uri, connection, HttpURLConnection::setRequestProperty);
    return new String(connection.getInputStream().readAllBytes(), ISO_8859_1);
  }

  /** A client that no agent instruments. */
  private String socket() throws IOException {
    StringBuilder request = new StringBuilder("GET / HTTP/1.0\r\n");
    propagation.inject(
        Context.current(),
        uri,
        request,
        (to, name, value) -> to.append(name).append(": ").append(value).append("\r\n"));
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.getOutputStream().write(request.append("\r\n").toString().getBytes(ISO_8859_1));
      String response = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      return response.substring(response.indexOf("\r\n\r\n") + 4);
    }
  }
}
