// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Fake of New Relic's collector: the agent writes no header before it is connected to one. */
final class NewRelicCollector implements AutoCloseable {
  private static final String PASSWORD = "changeit";

  private final HttpsServer server;
  private final Path certificate;

  private NewRelicCollector(HttpsServer server, Path certificate) {
    this.server = server;
    this.certificate = certificate;
  }

  static NewRelicCollector start() throws Exception {
    Path folder =
        Files.createTempDirectory(Files.createDirectories(Path.of("target")), "collector");
    Path store = folder.resolve("collector.p12").toAbsolutePath();
    Path certificate = folder.resolve("collector.pem").toAbsolutePath();
    keytool(
        store,
        "-genkeypair",
        "-keyalg",
        "RSA",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost");
    keytool(store, "-exportcert", "-rfc", "-file", certificate.toString());
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(store)));
    server.createContext("/", NewRelicCollector::answer);
    server.start();
    return new NewRelicCollector(server, certificate);
  }

  /** Returns the JVM options that connect the agent. */
  List<String> options() {
    return List.of(
        "-Dnewrelic.config.app_name=app",
        "-Dnewrelic.config.license_key=" + "a".repeat(40),
        "-Dnewrelic.config.log_file_name=STDOUT",
        "-Dnewrelic.config.host=localhost",
        "-Dnewrelic.config.port=" + server.getAddress().getPort(),
        "-Dnewrelic.config.ca_bundle_path=" + certificate,
        // they would query cloud metadata services
        "-Dnewrelic.config.utilization.detect_aws=false",
        "-Dnewrelic.config.utilization.detect_azure=false",
        "-Dnewrelic.config.utilization.detect_gcp=false",
        "-Dnewrelic.config.utilization.detect_pcf=false");
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String query = exchange.getRequestURI().getQuery();
      String value = "null";
      if (query.contains("method=preconnect")) {
        value = "{\"redirect_host\":\"localhost\"}";
      } else if (query.contains("method=connect")) {
        value =
            """
            {"agent_run_id": "1", "account_id": "1", "trusted_account_key": "1",
              "primary_application_id": "1", "collect_traces": true, "collect_errors": true,
              "data_report_period": 60}
            """;
      } else if (query.contains("method=get_agent_commands")) {
        value = "[]";
      }
      byte[] body = ("{\"return_value\":" + value + "}").getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static SSLContext context(Path store) throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static void keytool(Path store, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command));
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
