package dev.serai.gateway.reload;

import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.responses.ResponsesDialect;
import dev.serai.adapters.upstream.UpstreamComponent;
import dev.serai.adapters.upstream.UpstreamLimits;
import dev.serai.config.check.OwnAddress;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import dev.serai.core.provider.Providers;
import dev.serai.core.provider.Secrets;
import dev.serai.core.time.Ticker;
import dev.serai.gateway.direct.InlineDirectComponent;
import dev.serai.gateway.direct.InlineKameletComponent;
import dev.serai.gateway.edge.EdgeComponent;
import dev.serai.gateway.edge.EdgeSettings;
import dev.serai.gateway.edge.TestInstruments;
import dev.serai.gateway.edge.request.BrowserRules;
import dev.serai.gateway.edge.request.RequestIds;
import dev.serai.gateway.edge.websocket.SocketLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * A Camel context with a watched folder, which is polled when a test says so, and the folder of
 * Serai's own routes. The step {@code wait} ends when the test opens the gate.
 */
final class RoutesUnderTest implements AutoCloseable {
  final Path folder;
  final Path shipped;
  final Providers providers = new Providers();
  final CountDownLatch gate = new CountDownLatch(1);
  final CountDownLatch waiting = new CountDownLatch(1);
  final RouteFolders folders;
  final EdgeComponent edge = edge();
  volatile boolean broken;
  final Set<String> keys = new HashSet<>(Set.of("GROQ_API_KEY"));
  private final DefaultCamelContext context = new DefaultCamelContext();
  private final ProducerTemplate calls;

  RoutesUnderTest(Path home) throws Exception {
    folder = Files.createDirectories(home.resolve("serai.d"));
    shipped = Files.createDirectories(home.resolve("routes/adapters"));
    InlineDirectComponent direct = new InlineDirectComponent();
    direct.setBlock(false);
    context.disableJMX();
    context.getPropertiesComponent().addInitialProperty("server.host", "127.0.0.1");
    context.getPropertiesComponent().addInitialProperty("server.port", "0");
    context.getRegistry().bind("direct", direct);
    context.getRegistry().bind("wait", (Processor) this::await);
    context.getRegistry().bind("reply", (Processor) exchange -> reply(exchange, "reply"));
    context.getRegistry().bind("reply-other", (Processor) e -> reply(e, "reply-other"));
    context.getRegistry().bind("own-map", (Processor) RoutesUnderTest::ownMap);
    context.getRegistry().bind("own-nothing", (Processor) e -> e.getMessage().setBody(null));
    context.getRegistry().bind("netty-http", edge);
    Path kamelets =
        Path.of(System.getProperty("serai.checkout", "..")).resolve("adapters/kamelets");
    bindProviders(kamelets);
    context.start();
    calls = context.createProducerTemplate();
    folders =
        new RouteFolders(
            List.of(shipped, folder),
            context,
            direct,
            providers,
            new RouteChecks(kamelets, new Keys(), new OwnAddress("127.0.0.1", 8123)));
  }

  /** What routes of providers over a kamelet need to be loaded. */
  private void bindProviders(Path kamelets) {
    InlineKameletComponent kamelet = new InlineKameletComponent();
    kamelet.setLocation("file:" + kamelets.toAbsolutePath());
    context.getRegistry().bind("kamelet", kamelet);
    context
        .getRegistry()
        .bind(
            "upstream",
            new UpstreamComponent(
                UpstreamLimits.defaults(),
                providers,
                Map.of("openai", new OpenAiDialect(new ResponsesDialect())),
                Ticker.SYSTEM));
    for (String step : List.of("write-provider-request", "mask-request", "read-provider-reply")) {
      context.getRegistry().bind(step, (Processor) exchange -> reply(exchange, step));
    }
  }

  private static EdgeComponent edge() {
    Duration minute = Duration.ofMinutes(1);
    BrowserRules browsers = BrowserRules.of("127.0.0.1", List.of(), List.of());
    return new EdgeComponent(
        new EdgeSettings(
            1,
            9,
            999,
            9999,
            999,
            minute,
            1,
            minute,
            minute,
            minute,
            true,
            100,
            browsers,
            SocketLimits.defaults()),
        (_, problem) -> problem.message().getBytes(StandardCharsets.UTF_8),
        new RequestIds(InstantSource.system(), () -> 1),
        new TestInstruments().make());
  }

  private static void ownMap(Exchange exchange) {
    List<Object> list = new ArrayList<>(List.of(1, "x"));
    list.add(null);
    list.addAll(List.of(true, Map.of("b", 2.5)));
    exchange.setProperty("map", Map.of("a", list));
  }

  private static void reply(Exchange exchange, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getMessage().setBody(new Reply.Complete(200, new HeaderFields(), body));
  }

  /** {@code GROQ_API_KEY} is the only key that is set at first. */
  private final class Keys implements Secrets {
    @Override
    public Optional<String> find(String name) {
      if (broken) {
        throw new LinkageError("a class is missing");
      }
      return names().contains(name) ? Optional.of("secret") : Optional.empty();
    }

    @Override
    public Set<String> names() {
      return keys;
    }
  }

  private void await(Exchange exchange) throws InterruptedException {
    waiting.countDown();
    gate.await();
  }

  /** A route of Serai's own, which Camel loads at the start. */
  void fixed(String place, String yaml) throws Exception {
    PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(place, yaml));
  }

  void write(String name, String yaml) {
    write(folder.resolve(name), yaml);
  }

  static void write(Path file, String yaml) {
    try {
      Files.writeString(file, yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void poll() {
    folders.poll();
  }

  /** The body that a route leaves, or the message of its failure. */
  String call(String name) {
    Exchange exchange = calls.send("direct:" + name, new DefaultExchange(context));
    Exception failure = exchange.getException();
    return failure != null ? failure.getMessage() : exchange.getMessage().getBody(String.class);
  }

  CompletableFuture<String> callInBackground(String name) {
    CompletableFuture<String> done = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> done.complete(call(name)));
    return done;
  }

  long routes() {
    return context.getRoutes().size();
  }

  List<String> refusals() {
    return folders.refusals();
  }

  /** A route from {@code direct:adapter-<provider>} that leaves a text. */
  static String route(String provider, String text) {
    return """
    - route:
        id: adapter-%1$s
        from:
          uri: direct:adapter-%1$s
          steps:
            - setBody:
                constant: %2$s
    """
        .formatted(provider, text);
  }

  @Override
  public void close() {
    gate.countDown();
    folders.close();
    context.stop();
  }
}
