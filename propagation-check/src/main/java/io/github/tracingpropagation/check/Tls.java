// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Whom the check trusts, and its own certificate. */
final class Tls {
  private Tls() {}

  /** Returns sockets to the service, which trust every certificate, a file's, or the JDK's. */
  static SSLSocketFactory client(boolean insecure, @Nullable Path certificates) throws IOException {
    try {
      if (insecure) {
        return context(null, new TrustManager[] {trustAll()}).getSocketFactory();
      }
      return certificates == null
          ? SSLContext.getDefault().getSocketFactory()
          : context(null, trusting(certificates)).getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot read the certificates of " + certificates, e);
    }
  }

  /** Returns sockets for the dependencies, with the certificate of a key store if there is one. */
  static ServerSocketFactory server(@Nullable Path keyStore, String password) throws IOException {
    if (keyStore == null) {
      return ServerSocketFactory.getDefault();
    }
    try {
      KeyStore store = KeyStore.getInstance(keyStore.toFile(), password.toCharArray());
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password.toCharArray());
      return context(keys.getKeyManagers(), null).getServerSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot read the key store " + keyStore, e);
    }
  }

  /** Trusts everyone, for who asked for it. */
  static TrustManager trustAll() {
    return new TrustAll();
  }

  private static SSLContext context(KeyManager @Nullable [] keys, TrustManager @Nullable [] trusted)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trusted, null);
    return context;
  }

  private static TrustManager[] trusting(Path certificates)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(certificates)) {
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry(Integer.toString(store.size()), one);
      }
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust.getTrustManagers();
  }

  /** Asked for by an option only. The extended class, or the host's name would be checked. */
  private static final class TrustAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
