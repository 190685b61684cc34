// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * A certificate of the JDK's own tool, for 127.0.0.1 and localhost.
 *
 * @param store the key store, whose password is changeit
 * @param certificate in PEM
 * @param trust in this certificate alone
 * @param context has the certificate, and trusts it
 */
record TestTls(Path store, Path certificate, X509TrustManager trust, SSLContext context) {
  static TestTls in(Path folder) throws Exception {
    Path file = folder.resolve("store.p12");
    Path certificate = folder.resolve("certificate.pem");
    String names = "SAN=ip:127.0.0.1,dns:localhost";
    keytool("-genkeypair", file, "-keyalg", "EC", "-dname", "CN=check", "-ext", names);
    keytool("-exportcert", file, "-rfc", "-file", certificate.toString());
    KeyStore store = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, "changeit".toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return new TestTls(file, certificate, (X509TrustManager) trust.getTrustManagers()[0], context);
  }

  private static void keytool(String command, Path store, String... more) throws Exception {
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> line = new ArrayList<>(List.of(tool, command, "-keystore", store.toString()));
    line.addAll(List.of("-storepass", "changeit", "-alias", "check"));
    line.addAll(List.of(more));
    assertThat(new ProcessBuilder(line).inheritIO().start().waitFor()).isZero();
  }
}
