// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Listens where the service's dependency would be: HTTP/1.1, HTTP/2 and gRPC on one port. */
@SuppressWarnings("FutureReturnValueIgnored") // What fails closes the connection.
final class Listener implements AutoCloseable {
  private static final int BACKLOG = 1024;

  private final Events events;
  private final SentValues values;
  private final Settings settings;
  private final @Nullable SslContext tls;
  private final Channel server;

  /** Starts to listen; port 0 stands for a free one. */
  Listener(
      EventLoopGroup threads,
      Settings settings,
      int port,
      Events events,
      SentValues values,
      @Nullable SslContext tls)
      throws IOException {
    this.settings = settings;
    this.events = events;
    this.values = values;
    this.tls = tls;
    var bound =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(Wire.initializer(this::connected))
            .bind(settings.address, port)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "cannot listen on port %d of %s: %s"
              .formatted(port, settings.address.getHostAddress(), bound.cause().getMessage()),
          bound.cause());
    }
    server = bound.channel();
  }

  int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  private void connected(ChannelPipeline pipeline) {
    if (tls == null) {
      pipeline.addLast(new Preface());
      return;
    }
    pipeline.addLast(tls.newHandler(pipeline.channel().alloc()));
    pipeline.addLast(
        new ApplicationProtocolNegotiationHandler(ApplicationProtocolNames.HTTP_1_1) {
          @Override
          protected void configurePipeline(ChannelHandlerContext context, String protocol) {
            protocol(context.pipeline(), protocol.equals(ApplicationProtocolNames.HTTP_2));
          }

          @Override
          protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
            context.close(); // It does not trust our certificate: a missing call is reported.
          }
        });
  }

  private void protocol(ChannelPipeline pipeline, boolean http2) {
    if (http2) {
      pipeline.addLast(Wire.http2(Http2FrameCodecBuilder.forServer()).build());
      pipeline.addLast(
          new Http2MultiplexHandler(
              Wire.initializer(
                  stream ->
                      received(
                          stream.addLast(new Http2StreamFrameToHttpObjectCodec(true, false))))));
    } else {
      received(pipeline.addLast(new HttpServerCodec(Wire.http1())));
    }
  }

  private void received(ChannelPipeline pipeline) {
    pipeline.addLast(new HttpServerExpectContinueHandler(), new Receiver());
  }

  /** Tells HTTP/2 without TLS by its first bytes. */
  private final class Preface extends ByteToMessageDecoder {
    private static final String HTTP2 = "PRI ";

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
      if (in.readableBytes() >= HTTP2.length()) {
        String start = in.toString(in.readerIndex(), HTTP2.length(), ISO_8859_1);
        protocol(context.pipeline(), start.equals(HTTP2));
        context.pipeline().remove(this); // The next handlers get all bytes.
      }
    }
  }

  /** Makes calls of requests, and answers them when the check says so. */
  private final class Receiver extends SimpleChannelInboundHandler<HttpObject> {
    private @Nullable HttpRequest request;

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
      if (part.decoderResult().isFailure()) {
        context.close(); // Not HTTP: a missing call is reported.
        return;
      }
      request = part instanceof HttpRequest head ? head : request;
      if (part instanceof LastHttpContent && request != null) {
        called(context, request);
      }
    }

    private void called(ChannelHandlerContext context, HttpRequest head) {
      if (head.method().equals(HttpMethod.CONNECT)) {
        events.unsupported("by https through a proxy; set an http:// address");
        context.close();
        return;
      }
      List<ArrivedHeader> headers =
          head.headers().entries().stream()
              .map(header -> values.read(header.getKey() + ":" + header.getValue()))
              .filter(Objects::nonNull)
              .map(Objects::requireNonNull)
              .toList();
      String host = head.headers().get(HttpHeaderNames.HOST, "");
      Call call = Call.of(port(), head.method().name(), head.uri(), host, headers);
      events
          .arrived(call, settings.answerTo(call))
          .thenAccept(response -> answer(context, head, response));
    }

    private void answer(ChannelHandlerContext context, HttpRequest head, StubResponse response) {
      if (response.status() == 0) {
        context.close();
        return;
      }
      var sent = context.writeAndFlush(message(head, response));
      if (!HttpUtil.isKeepAlive(head)) {
        sent.addListener(ChannelFutureListener.CLOSE);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close(); // The client is gone, or sent what is not HTTP.
    }
  }

  private static FullHttpResponse message(HttpRequest head, StubResponse response) {
    boolean grpc = head.headers().get(HttpHeaderNames.CONTENT_TYPE, "").startsWith(Wire.GRPC);
    boolean message = grpc && response.status() == 200;
    ByteBuf body =
        message
            ? Wire.grpcMessage(response.isGrpc() ? response.body() : "")
            : Unpooled.copiedBuffer(response.body(), ISO_8859_1);
    FullHttpResponse answer =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(response.status()),
            head.method().equals(HttpMethod.HEAD) ? Unpooled.EMPTY_BUFFER : body,
            DefaultHttpHeadersFactory.headersFactory(),
            DefaultHttpHeadersFactory.trailersFactory());
    if (message) {
      answer.headers().set(HttpHeaderNames.CONTENT_TYPE, Wire.GRPC);
      answer.trailingHeaders().set("grpc-status", "0");
      return answer;
    }
    for (String line : response.lines()) {
      String name = HeaderLine.name(line);
      answer.headers().add(name, HeaderLine.value(line, name));
    }
    HttpUtil.setContentLength(answer, body.readableBytes());
    return answer;
  }

  @Override
  public void close() {
    server.close().awaitUninterruptibly();
  }
}
