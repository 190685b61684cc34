// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus.oidc;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The service that the application calls, and who signs the tokens. */
public final class Downstream implements QuarkusTestResourceLifecycleManager {
  private final Map<String, Headers> calls = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private KeyPair keys;

  @Override
  public Map<String, String> start() {
    try {
      keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          calls.put(
              exchange.getRequestURI().getQuery().replaceFirst("^n=", ""),
              exchange.getRequestHeaders());
          exchange.getResponseHeaders().set("connection", "close"); // it closes idle ones, too
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    return Map.of(
        "DOWNSTREAM", "http://localhost:" + server.getAddress().getPort(),
        "PUBLIC_KEY", Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()));
  }

  String token(String user) {
    return Jwt.upn(user).sign(keys.getPrivate());
  }

  /** Returns the headers of the call of a request. */
  Headers call(String number) {
    return calls.get(number);
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, field -> field.getType() == Downstream.class);
  }

  @Override
  public void stop() {
    server.stop(0);
    threads.shutdown();
  }
}
