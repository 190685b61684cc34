// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the service whose header lines arrive byte for byte, and adds an event when
 * each has ended. Threads may share it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails closes the connection.
final class RequestSender implements AutoCloseable {
  /** Stands in a URI for the number of the request. */
  static final String NUMBER = "{n}";

  private static final String GRPC_STATUS = "grpc-status";

  private final EventLoopGroup threads;
  private final SslContext tls;
  private final Duration timeout;
  private final String uri;
  private final Events events;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

  /** Connections of HTTP/1.1 that wait for their next request, or one of HTTP/2. */
  private final Queue<Channel> idle = new ConcurrentLinkedQueue<>();

  private RequestTemplate template;
  private volatile String lastResponse = "none";

  RequestSender(
      EventLoopGroup threads, Settings settings, SslContext tls, String uri, Events events) {
    this.threads = threads;
    this.template = settings.request();
    this.tls = tls;
    this.timeout = settings.timeout;
    this.uri = uri;
    this.events = events;
  }

  /** Returns whether the number of a request is in its URI. */
  boolean areNumbered() {
    return uri.contains(NUMBER);
  }

  /** Returns the last response for a message: its status, or why none came. */
  String lastResponse() {
    return lastResponse;
  }

  /**
   * Sends a request.
   *
   * @param shared whether on a connection that other requests have used and will use, as a sidecar
   *     does; else it gets one of its own
   */
  void send(SentRequest request, boolean shared) {
    Exchange exchange =
        new Exchange(
            template,
            ServiceUri.of(uri.replace(NUMBER, Integer.toString(request.number()))),
            request.probe().in(),
            shared);
    exchange
        .status
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (status, failure) -> {
              exchange.end(failure == null);
              lastResponse = failure == null ? "status " + status : "none (" + show(failure) + ")";
              events.ended(request.number(), failure == null ? status : statusOf(cause(failure)));
            });
    exchange.start(shared ? (template.isHttp2() ? idle.peek() : idle.poll()) : null);
  }

  /** Encodes the body of the requests, which is a message of gRPC as JSON. */
  void encode(@Nullable GrpcJson descriptors) throws InterruptedException {
    GrpcJson known = descriptors == null ? GrpcJson.of(this::call) : descriptors;
    String path = ServiceUri.of(uri.replace(NUMBER, "0")).target();
    template = template.with(known.encode(path, new String(template.bytes(), UTF_8)));
  }

  private byte @Nullable [] call(String path, byte[] message) throws InterruptedException {
    ServiceUri to = ServiceUri.of(uri.replace(NUMBER, "0")).at(path);
    Exchange exchange = new Exchange(template.with(message), to, List.of(), false);
    exchange.content = Unpooled.buffer();
    exchange.status.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    exchange.start(null);
    try {
      return exchange.status.get() == 200 ? Wire.grpcMessage(exchange.content) : null;
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "The service did not answer a request for its descriptors. Response: none (%s)."
              .formatted(show(e)),
          e);
    } finally {
      exchange.end(false);
    }
  }

  /** Returns 0, or {@link SentRequest#NOT_SENT} if there was no connection to send it on. */
  private static int statusOf(Throwable failure) {
    return failure instanceof ConnectException
            || failure instanceof UnknownHostException
            || failure instanceof SSLHandshakeException
            || failure instanceof NotSslRecordException
        ? SentRequest.NOT_SENT
        : 0;
  }

  private static String show(Throwable failure) {
    Throwable cause = cause(failure);
    return cause instanceof TimeoutException
        ? "no whole response in time"
        : cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof DecoderException
            || cause instanceof CompletionException
            || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** A request and its response. Its methods run on the thread of its connection. */
  @ChannelHandler.Sharable // If a connection was lost, it is on another one.
  private final class Exchange extends SimpleChannelInboundHandler<HttpObject> {
    final CompletableFuture<Integer> status = new CompletableFuture<>();

    /** Where the response's content is added, or null if that is not read. */
    @Nullable ByteBuf content;

    private final RequestTemplate template;
    private final ServiceUri to;
    private final List<String> lines;
    private final boolean shared;
    private volatile @Nullable Channel connection;
    private boolean used;
    private int arrived;
    private boolean last;

    Exchange(RequestTemplate template, ServiceUri to, List<String> lines, boolean shared) {
      this.template = template;
      this.to = to;
      this.lines = lines;
      this.shared = shared;
    }

    void start(@Nullable Channel open) {
      used = open != null;
      if (open != null) {
        open.eventLoop().execute(() -> request(open));
        return;
      }
      new Bootstrap()
          .group(threads)
          .channel(NioSocketChannel.class)
          .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeout.toMillis())
          .option(ChannelOption.TCP_NODELAY, true)
          .handler(Wire.initializer(this::connected))
          .connect(to.host(), to.port())
          .addListener(
              (io.netty.channel.ChannelFuture connected) -> {
                if (connected.isSuccess()) {
                  request(connected.channel());
                } else {
                  status.completeExceptionally(connected.cause());
                }
              });
    }

    private void connected(ChannelPipeline pipeline) {
      connections.add(pipeline.channel());
      if (to.tls()) {
        pipeline.addLast(tls.newHandler(pipeline.channel().alloc(), to.host(), to.port()));
      }
      if (template.isHttp2()) {
        pipeline.addLast(
            Wire.http2(Http2FrameCodecBuilder.forClient()).build(),
            new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
      } else {
        pipeline.addLast(new Responses(template.method().equals("HEAD")));
      }
      pipeline.addLast(new Failure(status));
    }

    private void request(Channel channel) {
      connection = channel;
      if (!channel.isActive()) {
        idle.remove(channel);
        lost(new IOException("the connection was closed"));
        return;
      }
      if (template.isHttp2()) {
        if (shared && !used) {
          idle.add(channel); // Others may use it meanwhile.
        }
        new Http2StreamChannelBootstrap(channel)
            .handler(
                Wire.initializer(
                    stream ->
                        stream.addLast(new Http2StreamFrameToHttpObjectCodec(false, false), this)))
            .open()
            .addListener((Future<Channel> opened) -> http2(opened));
      } else {
        channel.pipeline().addBefore(channel.pipeline().lastContext().name(), null, this);
        channel.writeAndFlush(template.http1(to, lines, shared));
      }
    }

    private void http2(Future<? extends Channel> opened) {
      if (!opened.isSuccess()) {
        lost(opened.cause());
        return;
      }
      Channel stream = opened.getNow();
      boolean body = template.content().isReadable();
      stream.write(new DefaultHttp2HeadersFrame(template.http2(to, lines), !body));
      if (body) {
        stream.write(new DefaultHttp2DataFrame(template.content(), true));
      }
      stream.flush();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
      if (part.decoderResult().isFailure()) {
        status.completeExceptionally(part.decoderResult().cause());
        return;
      }
      if (part instanceof HttpResponse head) {
        arrived = head.status().code();
        boolean endless =
            !HttpUtil.isTransferEncodingChunked(head)
                && !HttpUtil.isContentLengthSet(head)
                && arrived != 204
                && arrived != 304;
        last = endless || !HttpUtil.isKeepAlive(head);
        grpcStatus(head.headers().get(GRPC_STATUS));
      }
      if (part instanceof HttpContent more && content != null) {
        content.writeBytes(more.content());
      }
      if (part instanceof LastHttpContent end && arrived >= 200) {
        grpcStatus(end.trailingHeaders().get(GRPC_STATUS));
        if (!template.isHttp2()) {
          context.pipeline().remove(this);
        }
        status.complete(arrived);
      }
    }

    private void grpcStatus(@Nullable String code) {
      if (code != null && !code.equals("0")) {
        arrived = HttpResponseStatus.INTERNAL_SERVER_ERROR.code();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      lost(context, new IOException("the service ended the connection without a response"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      lost(context, cause);
    }

    /** A reset connection also becomes inactive: by then the request may be on another one. */
    private void lost(ChannelHandlerContext context, Throwable cause) {
      Channel of = context.channel();
      if (connection != null && (of == connection || of.parent() == connection)) {
        lost(cause);
      }
    }

    /** A service may close a connection at any time between two requests. */
    private void lost(Throwable cause) {
      if (status.isDone()) {
        return;
      }
      if (used && arrived == 0) {
        connection = null;
        start(null);
      } else {
        status.completeExceptionally(cause);
      }
    }

    void end(boolean whole) {
      Channel channel = connection;
      if (channel == null || (template.isHttp2() && shared)) {
        return;
      }
      if (whole && shared && !last) {
        idle.add(channel);
      } else {
        channel.close();
      }
    }
  }

  /** The end of a connection's pipeline, for what no exchange takes. */
  private static final class Failure extends ChannelInboundHandlerAdapter {
    private final CompletableFuture<Integer> status;

    Failure(CompletableFuture<Integer> status) {
      this.status = status;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      status.completeExceptionally(cause);
      context.close();
    }
  }

  /** A response to HEAD has no content, whatever its length says. */
  private static final class Responses extends HttpResponseDecoder {
    private final boolean toHead;

    Responses(boolean toHead) {
      super(Wire.http1());
      this.toHead = toHead;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage response) {
      return super.isContentAlwaysEmpty(response)
          || (toHead && ((HttpResponse) response).status().code() >= 200);
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
