// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/** Netty's codecs for both ends, without its checks of header lines: values pass as they are. */
final class Wire {
  static final String GRPC = "application/grpc";

  private static final int MAX_HEAD = 128 * 1024;

  private Wire() {}

  static EventLoopGroup threads() {
    return new MultiThreadIoEventLoopGroup(
        1, new DefaultThreadFactory("propagation-check", true), NioIoHandler.newFactory());
  }

  static ChannelInitializer<Channel> initializer(Consumer<ChannelPipeline> initializer) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        initializer.accept(channel.pipeline());
      }
    };
  }

  static HttpDecoderConfig http1() {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(MAX_HEAD)
        .setMaxHeaderSize(MAX_HEAD)
        .setValidateHeaders(false);
  }

  static Http2FrameCodecBuilder http2(Http2FrameCodecBuilder builder) {
    return builder
        .validateHeaders(false)
        .initialSettings(Http2Settings.defaultSettings().maxHeaderListSize(MAX_HEAD));
  }

  /** Returns a message of gRPC, uncompressed. */
  static ByteBuf grpcMessage(String bytes) {
    return Unpooled.buffer()
        .writeByte(0)
        .writeInt(bytes.length())
        .writeBytes(bytes.getBytes(ISO_8859_1));
  }

  /** Returns the first message of gRPC in a response; null if there is none that can be read. */
  static byte @Nullable [] grpcMessage(ByteBuf response) {
    boolean whole = response.readableBytes() >= 5 && response.readByte() == 0;
    int length = whole ? response.readInt() : -1;
    if (length < 0 || length > response.readableBytes()) {
      return null;
    }
    byte[] message = new byte[length];
    response.readBytes(message);
    return message;
  }

  /** Returns whom to trust: every certificate, a file's, or the JDK's. */
  static SslContext client(Settings settings) throws IOException {
    Path certificates = settings.certificates;
    SslContextBuilder builder = SslContextBuilder.forClient();
    if (settings.insecure) {
      builder
          .trustManager(InsecureTrustManagerFactory.INSTANCE)
          .endpointIdentificationAlgorithm("");
    } else if (certificates != null) {
      try {
        builder.trustManager(certificates.toFile());
      } catch (IllegalArgumentException e) {
        throw new IOException("cannot read the certificates of " + certificates, e);
      }
    }
    return settings.request().isHttp2()
        ? builder.applicationProtocolConfig(alpn(ApplicationProtocolNames.HTTP_2)).build()
        : builder.build();
  }

  /** Returns the certificate of the dependencies, or null if they have none. */
  static @Nullable SslContext server(Settings settings) throws IOException {
    Path keyStore = settings.keyStore;
    if (keyStore == null) {
      return null;
    }
    char[] password = settings.keyStorePassword.toCharArray();
    try {
      KeyStore store = KeyStore.getInstance(keyStore.toFile(), password);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      return SslContextBuilder.forServer(keys)
          .applicationProtocolConfig(
              alpn(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1))
          .build();
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot read the key store " + keyStore, e);
    }
  }

  private static ApplicationProtocolConfig alpn(String... protocols) {
    return new ApplicationProtocolConfig(
        Protocol.ALPN,
        SelectorFailureBehavior.NO_ADVERTISE,
        SelectedListenerFailureBehavior.ACCEPT,
        protocols);
  }
}
