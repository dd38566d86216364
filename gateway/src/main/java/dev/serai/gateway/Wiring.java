package dev.serai.gateway;

import dev.serai.adapters.dialects.anthropic.Anthropic;
import dev.serai.adapters.dialects.anthropic.AnthropicSurface;
import dev.serai.adapters.dialects.ollama.OllamaDialect;
import dev.serai.adapters.dialects.ollama.OllamaSurface;
import dev.serai.adapters.dialects.openai.CompletionSurface;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.openai.OpenAiSurface;
import dev.serai.adapters.dialects.responses.ResponsesDialect;
import dev.serai.adapters.dialects.responses.ResponsesSurface;
import dev.serai.adapters.persona.Personas;
import dev.serai.adapters.upstream.ProxySettings;
import dev.serai.adapters.upstream.UpstreamComponent;
import dev.serai.adapters.upstream.UpstreamSettings;
import dev.serai.config.ConsoleSettings;
import dev.serai.config.RetrySettings;
import dev.serai.config.ServerSettings;
import dev.serai.config.Settings;
import dev.serai.config.read.Secret;
import dev.serai.config.state.StateSettings;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.TokenEstimator;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Providers;
import dev.serai.core.provider.Secrets;
import dev.serai.core.surface.Surface;
import dev.serai.core.surface.Surfaces;
import dev.serai.core.time.Ticker;
import dev.serai.gateway.console.Console;
import dev.serai.gateway.console.ConsoleAccount;
import dev.serai.gateway.direct.InlineDirectComponent;
import dev.serai.gateway.direct.InlineKameletComponent;
import dev.serai.gateway.edge.EdgeComponent;
import dev.serai.gateway.edge.EdgeInstruments;
import dev.serai.gateway.edge.EdgeSettings;
import dev.serai.gateway.edge.RequestIds;
import dev.serai.gateway.reload.RouteFolders;
import dev.serai.memory.database.Database;
import dev.serai.processors.adapter.AnswerAsPersona;
import dev.serai.processors.chat.ChooseCandidate;
import dev.serai.processors.chat.EstimateTokens;
import dev.serai.processors.chat.NoteFailedAttempt;
import dev.serai.processors.chat.PlanAttempts;
import dev.serai.processors.chat.RetryBudget;
import dev.serai.processors.chat.RetryRules;
import dev.serai.processors.chat.RetryWaits;
import dev.serai.processors.chat.SettleUsage;
import dev.serai.processors.edge.ProxyConsole;
import dev.serai.processors.edge.ReadChatRequest;
import dev.serai.processors.edge.ReportHealth;
import dev.serai.processors.edge.ServePage;
import dev.serai.processors.edge.WriteChatReply;
import dev.serai.processors.edge.WriteMetrics;
import dev.serai.processors.edge.WriteProblem;
import dev.serai.processors.provider.ReadProviderReply;
import dev.serai.processors.provider.WriteProviderRequest;
import dev.serai.processors.support.ModelNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/** Every bean by the name that routes use, in the order of the routes. One instance a gateway. */
final class Wiring implements AutoCloseable {
  private final Map<String, Object> beans = new LinkedHashMap<>();
  private final Providers providers = new Providers();
  private final Settings settings;
  private final ProviderBeans known;
  private final ModelCatalogue catalogue;
  private final Surface openai;
  private final Surface completions;
  private final Surfaces surfaces;
  private final ResponseBeans responses;
  private final Dialect openaiDialect = new OpenAiDialect(new ResponsesDialect());
  private final Dialect anthropic = new Anthropic();
  private final GeminiBeans gemini = new GeminiBeans();
  private final Dialect ollama = new OllamaDialect();
  private final BedrockBeans bedrock;
  private final ChannelEventLoops loops = new ChannelEventLoops();
  private final InlineDirectComponent direct = new InlineDirectComponent();
  private final Personas personas;
  private final Telemetry telemetry;
  private final AccountingBeans accounting;
  private final EdgeComponent edge;
  private final UpstreamComponent upstream;
  private final Optional<Console> console;
  private volatile boolean ready;

  Wiring(Settings settings, Secrets secrets, Telemetry telemetry, Path home) {
    this.settings = settings;
    this.telemetry = telemetry;
    bedrock = new BedrockBeans(secrets, telemetry.clock());
    openai = new OpenAiSurface(telemetry.clock());
    completions = new CompletionSurface(telemetry.clock());
    Surface ollamaChat = OllamaSurface.chat(telemetry.clock());
    Surface ollamaPrompt = OllamaSurface.generate(telemetry.clock());
    surfaces =
        new Surfaces(
            openai,
            List.of(
                completions,
                new ResponsesSurface(openai, telemetry.clock()),
                new AnthropicSurface(),
                gemini.surface(),
                ollamaChat,
                ollamaPrompt));
    StateSettings state = settings.state();
    Database database = new Database(state.databaseUrl().reveal(), state.folder());
    responses = new ResponseBeans(state.responses(), database, telemetry.clock());
    personas = new Personas(home, telemetry.clock());
    accounting = new AccountingBeans(state, database, telemetry);
    edge = edge();
    upstream = upstream();
    known =
        new ProviderBeans(
            new ProviderBeans.Reach(providers, upstream, dialects(), bedrock.signers()),
            secrets,
            telemetry,
            settings.upstream().modelLists());
    catalogue = known.catalogue();
    direct.setBlock(false);
    console = console(settings.console(), home);
    components();
    chat();
    adapters();
    service();
    telemetry.watch(edge.load(), upstream::states);
  }

  private static Optional<Console> console(ConsoleSettings settings, Path home) {
    return settings.enabled()
        ? Optional.of(new Console(ConsoleAccount.of(settings), home))
        : Optional.empty();
  }

  private EdgeComponent edge() {
    return new EdgeComponent(
        limits(settings.server()),
        (path, problem) -> {
          telemetry.problems().shown(problem);
          return surfaces.forPath(path).writeProblem(problem);
        },
        new RequestIds(telemetry.clock(), () -> ThreadLocalRandom.current().nextLong()),
        new EdgeInstruments(Ticker.SYSTEM, telemetry.clock(), telemetry.requests()));
  }

  private static EdgeSettings limits(ServerSettings server) {
    return new EdgeSettings(
        server.loops(),
        server.maxConnections(),
        server.maxBodyBytes(),
        server.maxHeaderBytes(),
        server.maxRequestLineBytes(),
        server.headerDeadline(),
        server.minBodyBytesPerSecond(),
        server.idleTime(),
        server.stallTime(),
        server.keepAlive());
  }

  private UpstreamComponent upstream() {
    UpstreamSettings limits =
        new UpstreamSettings(
            settings.upstream().deadlines(),
            settings.upstream().pool(),
            settings.upstream().breaker(),
            proxy(settings.upstream().proxy()));
    return new UpstreamComponent(limits, providers, dialects(), Ticker.SYSTEM);
  }

  private Map<String, Dialect> dialects() {
    return Stream.of(openaiDialect, anthropic, gemini.dialect(), ollama, bedrock.dialect())
        .collect(Collectors.toMap(Dialect::name, dialect -> dialect));
  }

  private static ProxySettings proxy(dev.serai.config.ProxySettings proxy) {
    return new ProxySettings(
        proxy.https().map(Secret::reveal), proxy.http().map(Secret::reveal), proxy.noProxy());
  }

  private void components() {
    beans.put("netty-http", edge);
    beans.put("direct", direct);
    beans.put("kamelet", new InlineKameletComponent());
    beans.put("upstream", upstream);
    telemetry.tracer().ifPresent(tracer -> beans.put("tracer", tracer));
  }

  private void chat() {
    RetrySettings retry = settings.retry();
    RetryBudget budget = new RetryBudget(retry.retryBudgetPercent());
    RetryWaits waits = new RetryWaits(retry.firstWait());
    beans.put("read-chat-request", new ReadChatRequest(surfaces, Ticker.SYSTEM));
    beans.put("write-chat-reply", new WriteChatReply());
    PlanAttempts plan =
        new PlanAttempts(catalogue, providers, bound -> ThreadLocalRandom.current().nextInt(bound));
    beans.put("plan-attempts", plan);
    TokenEstimator tokens = accounting.tokens();
    beans.put("estimate-tokens", new EstimateTokens(providers, tokens, loops));
    beans.putAll(gemini.steps(plan, tokens, loops));
    beans.putAll(
        new RelayBeans(dialects(), surfaces, telemetry.clock())
            .all(plan, providers, settings.general().defaultProvider()));
    beans.put("choose-candidate", new ChooseCandidate(loops, budget, waits));
    beans.put(
        "note-failed-attempt",
        new NoteFailedAttempt(
            new RetryRules(
                retry.maxAttempts(), settings.upstream().deadlines().firstToken(), waits),
            budget,
            known.verdicts()));
    beans.put("write-problem", new WriteProblem(surfaces, telemetry.problems()));
    beans.put(
        "settle-usage",
        new SettleUsage(responses.with(accounting.listeners(known.with(telemetry.calls())))));
    beans.putAll(responses.all(loops));
  }

  private void adapters() {
    beans.put(
        "write-provider-request",
        new WriteProviderRequest(dialects(), providers, known.keys(), settings.serai().strict()));
    beans.put("read-provider-reply", new ReadProviderReply());
    bedrock.signing(beans, loops);
    beans.put("answer-as-persona", new AnswerAsPersona(personas, loops));
  }

  private void service() {
    beans.put("list-providers", known.listProviders());
    beans.putAll(ModelBeans.all(new ModelNames(providers, catalogue)));
    beans.put("report-health", new ReportHealth(() -> ready));
    beans.put("write-metrics", new WriteMetrics(telemetry::scrape, loops));
    beans.putAll(accounting.beans(loops));
    beans.put("serve-page", new ServePage(WebPages.load()));
    console.ifPresent(
        there -> beans.put("proxy-console", new ProxyConsole(there.address(), loops)));
  }

  Map<String, Object> beans() {
    return beans;
  }

  RouteFolders routeFolders(List<Path> folders, CamelContext context) {
    return new RouteFolders(folders, context, direct, providers);
  }

  Optional<Console> console() {
    return console;
  }

  List<String> providerNames() {
    return providers.all().stream().map(ProviderProfile::name).toList();
  }

  /** Where the edge listens, once it does. */
  int port() {
    return edge.port();
  }

  /** The routes are there: takes requests from now on. */
  void serve() {
    personas.warmUp();
    accounting.start();
    responses.start();
    known.start();
    edge.serve();
    ready = true;
  }

  /** Waits for what has begun, and takes nothing new. */
  boolean drain(Duration atMost) throws InterruptedException {
    ready = false;
    return edge.drain(atMost);
  }

  @Override
  public void close() {
    console.ifPresent(Console::close);
    known.close();
    loops.close();
    responses.close();
    accounting.close();
    telemetry.close();
  }
}
