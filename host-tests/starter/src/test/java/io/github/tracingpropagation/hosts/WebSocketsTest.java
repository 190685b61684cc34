// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.hosts.starter.coroutines.Calls;
import io.github.tracingpropagation.hosts.starter.webflux.NettyServer;
import io.rsocket.transport.ClientTransport;
import io.rsocket.transport.netty.client.TcpClientTransport;
import io.rsocket.transport.netty.client.WebsocketClientTransport;
import jakarta.servlet.Filter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.rsocket.RSocketRequester;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.stereotype.Controller;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.server.WebFilter;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * The request of a handshake forwards its headers as any other. The messages that follow belong to
 * no request and forward nothing.
 */
@Tag("no-tracer")
class WebSocketsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final InboundHeaders request = InboundHeaders.next();
  private Recorder downstream;
  private LocalApplication application;

  /** Answers a message with itself, after calls on several threads. */
  record Conversation(WebClient client, Calls calls) {
    Mono<String> answer(String message) {
      return call(message + "-web")
          .doOnNext(answer -> calls.thread(message + "-thread"))
          .then(Mono.defer(() -> call(message + "-then")))
          .thenReturn(message);
    }

    Mono<String> call(String path) {
      return client.get().uri("/{path}", path).retrieve().bodyToMono(String.class);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import({Calls.class, Messages.class})
  static class Application {
    @Bean
    Conversation conversation(
        WebClient.Builder builder, @Value("${downstream}") String downstream, Calls calls) {
      return new Conversation(builder.baseUrl(downstream).build(), calls);
    }
  }

  /** Of RSocket and of STOMP. */
  @Controller
  record Messages(Conversation conversation) {
    @MessageMapping("call")
    Mono<String> call(String message) {
      return conversation.answer(message);
    }

    @MessageMapping("/stomp")
    void stomp(String message) {
      conversation.answer(message).block();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @Import(Application.class)
  static class Reactive {
    @Bean
    WebFilter handshake(Conversation conversation) {
      return (exchange, chain) ->
          conversation
              .call(exchange.getRequest().getQueryParams().getFirst("id"))
              .then(chain.filter(exchange));
    }

    @Bean
    SimpleUrlHandlerMapping sockets(Conversation conversation) {
      WebSocketHandler handler =
          session ->
              session.send(
                  session
                      .receive()
                      .concatMap(message -> conversation.answer(message.getPayloadAsText()))
                      .map(session::textMessage));
      return new SimpleUrlHandlerMapping(Map.of("/socket", handler), -1);
    }
  }

  /** Spring 6 would take Tomcat's, if both are there. */
  @Configuration(proxyBeanMethods = false)
  static class NettyWebSockets implements WebFluxConfigurer {
    @Override
    public WebSocketService getWebSocketService() {
      return new HandshakeWebSocketService(new ReactorNettyRequestUpgradeStrategy());
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableWebSocket
  @EnableWebSocketMessageBroker
  @Import(Application.class)
  static class Servlet implements WebSocketConfigurer, WebSocketMessageBrokerConfigurer {
    private final ObjectProvider<Conversation> conversation;

    Servlet(ObjectProvider<Conversation> conversation) {
      this.conversation = conversation;
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
      TextWebSocketHandler handler =
          new TextWebSocketHandler() {
            @Override
            protected void handleTextMessage(WebSocketSession session, TextMessage message) {
              conversation.getObject().answer(message.getPayload()).block();
            }
          };
      registry.addHandler(handler, "/socket");
      registry.addHandler(handler, "/sock-js").withSockJS();
    }

    @Override
    public void registerStompEndpoints(StompEndpointRegistry registry) {
      registry.addEndpoint("/stomp").withSockJS();
    }

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
      registry.setApplicationDestinationPrefixes("/app");
    }

    @Bean
    FilterRegistrationBean<Filter> handshake() {
      return new FilterRegistrationBean<>(
          (request, response, chain) -> {
            String id = request.getParameter("id");
            if (id != null) {
              conversation.getObject().calls().thread(id);
            }
            chain.doFilter(request, response);
          });
    }
  }

  @AfterEach
  void stop() {
    application.close();
    downstream.close();
    Hooks.disableAutomaticContextPropagation(); // Spring Boot leaves it on in this JVM
  }

  private void start(WebApplicationType type, List<Class<?>> sources, String... properties)
      throws Exception {
    downstream = new Recorder();
    application = LocalApplication.start(sources, type, downstream.uri(), List.of(properties));
  }

  @ParameterizedTest
  @ValueSource(strings = {"limited", "auto"})
  void netty_messagesForwardNothing(String propagation) throws Exception {
    start(
        WebApplicationType.REACTIVE,
        List.of(Reactive.class, NettyServer.class, NettyWebSockets.class),
        "spring.reactor.context-propagation=" + propagation,
        "spring.rsocket.server.transport=websocket",
        "spring.rsocket.server.mapping-path=/rsocket");

    handshakeForwards_messagesDoNot();
    HttpClient http = withHeaders().baseUrl(application.uri().toString());
    assertThatRSocketForwardsNothing(WebsocketClientTransport.create(http, "/rsocket"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"limited", "auto"})
  void tomcat_messagesOfWebFluxForwardNothing(String propagation) throws Exception {
    start(
        WebApplicationType.REACTIVE,
        List.of(Reactive.class),
        "spring.reactor.context-propagation=" + propagation);

    handshakeForwards_messagesDoNot();
  }

  @ParameterizedTest
  @CsvSource({"limited, tcp", "auto, websocket"})
  void tomcat_messagesOfServletsForwardNothing(String propagation, String rsocket)
      throws Exception {
    start(
        WebApplicationType.SERVLET,
        List.of(Servlet.class),
        "spring.reactor.context-propagation=" + propagation,
        "spring.rsocket.server.port=0",
        "spring.rsocket.server.transport=" + rsocket);

    handshakeForwards_messagesDoNot();
    assertThatStompForwardsNothing();
    messagesThatAreRequestsForward();
    int port = Integer.parseInt(application.property("local.rsocket.server.port"));
    assertThatRSocketForwardsNothing(
        rsocket.equals("tcp")
            ? TcpClientTransport.create(port)
            : WebsocketClientTransport.create(withHeaders().port(port), "/"));
  }

  private void handshakeForwards_messagesDoNot() throws Exception {
    WebSocket socket = connect("/socket");
    assertThat(outcome(request.id())).isEqualTo(Outcome.OWN);
    for (String message : List.of("first", "second")) {
      socket.sendText(message, true);
      assertThatNothingIsForwarded(message);
    }
    socket.abort();
  }

  /** By a WebSocket, and by requests, each of which has headers. */
  private void assertThatStompForwardsNothing() throws Exception {
    WebSocket stomp = connect("/stomp/websocket");
    stomp.sendText("CONNECT\naccept-version:1.2\nhost:reviews\n\n\0", true).join();
    for (String message : List.of("stomp", "stomp-again")) {
      stomp.sendText("SEND\ndestination:/app/stomp\n\n" + message + "\0", true).join();
      assertThatNothingIsForwarded(message);
    }
    stomp.abort();

    post("/stomp", "/xhr", "");
    post("/stomp", "/xhr_send", "[\"CONNECT\\naccept-version:1.2\\nhost:reviews\\n\\n\\u0000\"]");
    post("/stomp", "/xhr_send", "[\"SEND\\ndestination:/app/stomp\\n\\nstomp-posted\\u0000\"]");
    assertThatNothingIsForwarded("stomp-posted");
  }

  private void messagesThatAreRequestsForward() throws Exception {
    post("/sock-js", "/xhr", "");
    post("/sock-js", "/xhr_send", "[\"posted\"]");
    assertThat(outcome("posted-web")).isEqualTo(Outcome.OWN);
    assertThat(outcome("posted-then")).isEqualTo(Outcome.OWN);
  }

  private void assertThatRSocketForwardsNothing(ClientTransport transport) throws Exception {
    RSocketRequester requester = RSocketRequester.builder().transport(transport);
    for (String message : List.of("rsocket", "rsocket-again")) {
      requester.route("call").data(message).retrieveMono(String.class).block(LIMIT);
      assertThatNothingIsForwarded(message);
    }
    requester.dispose();
  }

  private HttpClient withHeaders() {
    return HttpClient.create().headers(headers -> request.all().forEach(headers::set));
  }

  private void post(String endpoint, String path, String body) throws Exception {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(URI.create(application.uri() + endpoint + "/0/session" + path))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    request.all().forEach(post::setHeader);
    int status =
        RunningApplication.CLIENT
            .send(post.build(), HttpResponse.BodyHandlers.ofString())
            .statusCode();
    assertThat(status).isBetween(200, 204);
  }

  private WebSocket connect(String path) {
    WebSocket.Builder builder = RunningApplication.CLIENT.newWebSocketBuilder();
    request.all().forEach(builder::header);
    String uri = application.uri().toString().replace("http:", "ws:");
    return builder
        .buildAsync(URI.create(uri + path + "?id=" + request.id()), new WebSocket.Listener() {})
        .join();
  }

  private Outcome outcome(String path) throws Exception {
    return Outcome.of(request, downstream.await(path), List.of(), false);
  }

  private void assertThatNothingIsForwarded(String message) throws Exception {
    for (String call : List.of("-web", "-thread", "-then")) {
      assertThat(outcome(message + call)).as(message + call).isEqualTo(Outcome.NOTHING);
    }
  }
}
