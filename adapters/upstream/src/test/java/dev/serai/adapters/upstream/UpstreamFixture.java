package dev.serai.adapters.upstream;

import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.ProviderRequest.ReplyKind;
import dev.serai.core.http.Reply;
import dev.serai.core.net.BreakerLimits;
import dev.serai.core.net.Deadlines;
import dev.serai.core.net.PoolLimits;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.Providers;
import dev.serai.core.provider.UpstreamState;
import dev.serai.core.time.Ticker;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** A Camel context with the component in it, and producers that tests start. */
final class UpstreamFixture implements AutoCloseable {
  private static final Set<String> QUIRKS = Set.of("no-stream-options", "max-tokens");

  static final Deadlines DEADLINES =
      new Deadlines(
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60));
  static final PoolLimits POOL =
      new PoolLimits(64, 64, Duration.ofSeconds(30), Duration.ofSeconds(60), 1024 * 1024);

  private static final int PATIENCE_SECONDS = 30;

  final Providers providers = new Providers();
  final UpstreamComponent component;
  final DefaultCamelContext context = new DefaultCamelContext();

  UpstreamFixture() {
    this(DEADLINES, POOL);
  }

  UpstreamFixture(Deadlines deadlines, PoolLimits pool) {
    this(new UpstreamLimits(deadlines, pool, BreakerLimits.defaults(), ProxyRules.NONE));
  }

  UpstreamFixture(UpstreamLimits settings) {
    this(settings, Ticker.SYSTEM, NetworkResources.Overrides.NONE);
  }

  UpstreamFixture(UpstreamLimits settings, Ticker ticker, NetworkResources.Overrides overrides) {
    component =
        new UpstreamComponent(
            new UpstreamRegistry(settings, providers, new NetworkResources(overrides, ticker)),
            Map.of("openai", dialect()));
    context.addComponent("upstream", component);
    context.start();
  }

  /** A dialect that has only a name, addresses and quirks. */
  static Dialect dialect() {
    return (Dialect)
        Proxy.newProxyInstance(
            Dialect.class.getClassLoader(),
            new Class<?>[] {Dialect.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "name" -> "openai";
                  case "baseUrl" -> args[0];
                  case "modelsUrl" -> Optional.empty();
                  case "quirks" -> QUIRKS;
                  case "impliedQuirks" -> Set.of();
                  case "supportsQuirk" -> QUIRKS.contains(args[0]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  /** A started producer. */
  AsyncProducer provider(String name, String baseUrl) throws Exception {
    AsyncProducer producer =
        context
            .getEndpoint("upstream:" + name + "?baseUrl=" + baseUrl + "&dialect=openai")
            .createAsyncProducer();
    producer.start();
    return producer;
  }

  static ProviderRequest request(boolean streaming) {
    return request("{\"q\":1}", streaming);
  }

  static ProviderRequest request(String body, boolean streaming) {
    return ProviderRequest.post(
        "/chat/completions",
        new HeaderFields()
            .add("content-type", "application/json")
            .add("authorization", "Bearer sk-canary"),
        body.getBytes(StandardCharsets.UTF_8),
        ReplyKind.streaming(streaming));
  }

  Exchange exchange(ProviderRequest request) {
    Exchange exchange = new DefaultExchange(context);
    exchange.getMessage().setBody(request);
    return exchange;
  }

  CompletableFuture<Reply> send(AsyncProducer producer, ProviderRequest request) {
    return send(producer, exchange(request));
  }

  CompletableFuture<Reply> send(AsyncProducer producer, Exchange exchange) {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    producer.process(
        exchange,
        doneSync -> {
          if (exchange.getException() != null) {
            reply.completeExceptionally(exchange.getException());
          } else {
            reply.complete(exchange.getMessage().getBody(Reply.class));
          }
        });
    return reply;
  }

  Reply.Complete ask(AsyncProducer producer) throws Exception {
    return (Reply.Complete) await(send(producer, request(false)));
  }

  StreamRecorder stream(AsyncProducer producer) throws Exception {
    Reply.Streaming reply = (Reply.Streaming) await(send(producer, request(true)));
    return new StreamRecorder(reply.stream());
  }

  static <T> T await(CompletableFuture<T> future) throws Exception {
    return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** The problem a call ended with. */
  static ProviderProblem problem(CompletableFuture<Reply> reply)
      throws InterruptedException, TimeoutException {
    try {
      throw new AssertionError("answered: " + reply.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return (ProviderProblem) e.getCause();
    }
  }

  UpstreamState state() {
    return component.states().getFirst();
  }

  static String text(Reply.Complete reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    context.close();
  }
}
