package dev.serai.gateway.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.adapters.dialects.openai.OpenAiSurface;
import dev.serai.config.Settings;
import dev.serai.config.catalogue.SettingsCatalogue;
import dev.serai.core.bandit.BanditAlgorithm;
import dev.serai.core.bandit.BanditRules;
import dev.serai.core.bandit.RewardRules;
import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.experiment.ExperimentSnapshot;
import dev.serai.core.http.Reply;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.prompt.PromptSnapshot;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Providers;
import dev.serai.core.routing.Candidate;
import dev.serai.core.surface.Surfaces;
import dev.serai.core.usage.RecordedDecision;
import dev.serai.gateway.routing.RandomRequests.Asked;
import dev.serai.processors.chat.ReadChatRequest;
import dev.serai.processors.experiments.AssignVariant;
import dev.serai.processors.prompts.PromptExpansion;
import dev.serai.processors.routing.ExplainRoute;
import dev.serai.processors.routing.ModelResolver;
import dev.serai.processors.routing.PlanAttempts;
import dev.serai.processors.routing.strategy.Bandits;
import dev.serai.processors.routing.strategy.CacheAffinity;
import dev.serai.processors.routing.strategy.CandidateStats;
import dev.serai.processors.routing.strategy.QualityForecast;
import dev.serai.processors.routing.strategy.RoutingRequest;
import dev.serai.processors.routing.strategy.Strategies;
import dev.serai.processors.support.Calls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/**
 * The steps of a gateway that plan and explain, over settings from a file, on a clock of its own.
 * Its calls succeed, fail, take their time and go on running as they are drawn.
 */
final class Planner {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MILLI = 1_000_000;

  private final DefaultCamelContext context = new DefaultCamelContext();
  private final Random draws = new Random();
  private final Random world;
  private final CandidateStats stats = new CandidateStats(this::nanos);
  private final List<Call> running = new ArrayList<>();
  private final Processor explain;
  private final Processor read;
  private final Processor plan;
  private long nanos = 1;

  /** What would be done for a request, or has been. */
  record Outcome(List<String> order, JsonNode decision, JsonNode whole, String problem) {}

  Planner(Map<String, String> environment, Random world) {
    this.world = world;
    InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-21T09:30:00Z"));
    Settings known = Settings.load(environment, Path.of("none"));
    ModelCatalogue catalogue = new SettingsCatalogue(known, clock);
    Bandits bandits =
        new Bandits(
            new Bandits.Rules(BanditRules.of(BanditAlgorithm.POOLED), RewardRules.DEFAULT),
            () -> draws,
            clock);
    CacheAffinity affinity = new CacheAffinity(() -> Duration.ofMinutes(5), this::nanos);
    Strategies strategies =
        new Strategies(
            catalogue,
            stats,
            new Strategies.Learned(affinity, bandits),
            bound -> draws.nextInt((int) bound));
    ModelResolver models = new ModelResolver(catalogue, providers(), (_, name) -> name, strategies);
    Surfaces surfaces = new Surfaces(new OpenAiSurface(clock), List.of());
    AssignVariant variants =
        new AssignVariant(new ExperimentSnapshot(), models::serves, () -> true);
    QualityForecast forecast = new QualityForecast(catalogue, bandits);
    PromptExpansion prompts =
        new PromptExpansion(
            new PromptSnapshot(_ -> Optional.empty()),
            _ -> Optional.empty(),
            ByteLimit.unlimited(),
            1);
    explain =
        new ExplainRoute(
            models,
            new ExplainRoute.Reading(surfaces, this::nanos, variants, prompts),
            stats,
            forecast,
            _ -> notNeeded());
    read =
        new ReadChatRequest(
            surfaces,
            this::nanos,
            _ -> DefaultParameters.NONE,
            variants,
            prompts,
            _ -> notNeeded());
    plan = new PlanAttempts(models);
  }

  private static ScheduledExecutorService notNeeded() {
    throw new IllegalStateException("the requests are short");
  }

  private long nanos() {
    return nanos;
  }

  private static Providers providers() {
    Providers providers = new Providers();
    for (String name : List.of("a", "b", "c", "d")) {
      providers.add(
          new ProviderProfile(
              name, "openai", Optional.empty(), Optional.empty(), Set.of(), List.of()));
    }
    return providers;
  }

  private Exchange exchange(Asked asked, String path) {
    Exchange exchange = new DefaultExchange(context);
    exchange.setProperty(ExchangeProperties.CALLER, asked.caller());
    exchange.setProperty(ExchangeProperties.REQUEST_ID, "req-1");
    exchange.getMessage().setBody(asked.to(path));
    return exchange;
  }

  /** What explain says; it draws from this seed on. */
  Outcome explained(Asked asked, long seed) {
    draws.setSeed(seed);
    Exchange exchange = exchange(asked, "/v1/routes/explain");
    Optional<String> problem = process(explain, exchange);
    if (problem.isPresent()) {
      return new Outcome(List.of(), JSON.nullNode(), JSON.nullNode(), problem.get());
    }
    Reply.Complete reply = Calls.body(exchange, Reply.Complete.class);
    JsonNode said = json(reply.body());
    List<String> order = new ArrayList<>();
    for (JsonNode one : said.path("candidates")) {
      if (!one.has("left_out")) {
        order.add(one.path("provider").asText() + "/" + one.path("model").asText());
      }
    }
    return new Outcome(order, said.path("decision"), said, "");
  }

  /** Makes the call; it draws from this seed on. */
  Outcome called(Asked asked, long seed) {
    draws.setSeed(seed);
    Exchange exchange = exchange(asked, "/v1/chat/completions");
    Optional<String> problem = process(read, exchange).or(() -> process(plan, exchange));
    if (problem.isPresent()) {
      return new Outcome(List.of(), JSON.nullNode(), JSON.nullNode(), problem.get());
    }
    Call call = Calls.of(exchange);
    List<String> order =
        call.plan().candidates().stream().map(c -> c.provider() + "/" + c.model()).toList();
    JsonWriter recorded = new JsonWriter();
    RecordedDecision.of(call.plan(), () -> RoutingRequest.of(call).features())
        .ifPresentOrElse(made -> made.write(recorded), recorded::nullValue);
    JsonNode decision = json(recorded.bytes());
    run(call);
    return new Outcome(order, decision, decision, "");
  }

  private static Optional<String> process(Processor step, Exchange exchange) {
    try {
      exchange.setException(null);
      step.process(exchange);
      if (exchange.getException() != null) {
        throw exchange.getException();
      }
      return Optional.empty();
    } catch (GatewayProblem problem) {
      return Optional.of(problem.code() + ": " + problem.getMessage());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(byte[] text) {
    try {
      return JSON.readTree(new String(text, UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tries the candidates; providers are slow or fail as their names say, and some calls go on. */
  private void run(Call call) {
    for (Candidate candidate : call.plan().candidates()) {
      Attempt attempt = call.beginAttempt(candidate);
      stats.begin(attempt);
      int place = "abcd".indexOf(candidate.provider());
      if (world.nextInt(100) < 5 + 10 * place) {
        nanos += 20 * MILLI;
        call.failAttempt(failure(candidate.provider()));
        continue;
      }
      nanos += (100 + 150L * (3 - place) + world.nextInt(200)) * MILLI;
      call.recordToken();
      running.add(call);
      break;
    }
    if (call.attempts().getLast().problem().isPresent()) {
      call.end(Call.Outcome.FAILED, call.attempts().getLast().problem());
    }
    while (running.size() > world.nextInt(4)) {
      running.remove(world.nextInt(running.size())).end(Call.Outcome.ANSWERED, Optional.empty());
    }
  }

  private ProviderProblem failure(String provider) {
    FailureCause cause =
        world.nextInt(4) == 0 ? FailureCause.BREAKER_OPEN : FailureCause.RATE_LIMITED;
    return ProviderProblem.of(provider, cause, 503)
        .retryAfter(Optional.of(Duration.ofSeconds(1)))
        .build();
  }
}
