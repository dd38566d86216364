package dev.serai.gateway.wiring;

import dev.serai.adapters.redis.RedisLearned;
import dev.serai.config.Settings;
import dev.serai.config.experiment.ChallengerSettings;
import dev.serai.config.experiment.ShadowSettings;
import dev.serai.config.feedback.FeedbackSettings;
import dev.serai.config.routing.RoutingSettings;
import dev.serai.config.state.StateSettings;
import dev.serai.core.bandit.shared.LearnedStore;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.experiment.ExperimentSnapshot;
import dev.serai.core.experiment.result.Promotion;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.net.RedisAddress;
import dev.serai.core.prompt.PromptSnapshot;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.memory.bandits.DatabaseLearned;
import dev.serai.memory.bandits.SharedBandits;
import dev.serai.memory.database.Database;
import dev.serai.processors.ask.WriteAskReply;
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
import dev.serai.processors.routing.strategy.Strategies;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Chooses the candidates of a call and their order. */
final class RoutingFeature implements Feature {
  private final SharedParts shared;
  private final ModelCatalogue catalogue;
  private final CandidateStats stats;
  private final ModelResolver models;
  private final Bandits bandits;
  private final QualityForecast forecast;
  private final SurfacesFeature surfaces;
  private final SharedBandits learned;
  private final ExperimentSnapshot experiments = new ExperimentSnapshot();
  private final PromptSnapshot prompts = new PromptSnapshot(PromptsFeature::template);
  private volatile Duration affinity;
  private volatile boolean wholeChecks;
  private volatile int hedgePercent;
  private volatile ChallengerSettings challengers;
  private volatile FeedbackSettings feedback;

  RoutingFeature(
      SharedParts shared, Database database, ProvidersFeature providers, SurfacesFeature surfaces) {
    this.shared = shared;
    this.surfaces = surfaces;
    this.catalogue = providers.catalogue();
    stats = new CandidateStats(shared.ticker(), providers::stops);
    RoutingSettings settings = shared.settings().routing();
    affinity = settings.cacheAffinity();
    wholeChecks = settings.checkWholeResponses();
    hedgePercent = settings.hedging().budgetPercent();
    challengers = settings.challengers();
    feedback = settings.feedback();
    bandits = new Bandits(rules(settings), shared.random(), shared.clock());
    forecast = new QualityForecast(catalogue, bandits);
    learned = new SharedBandits(bandits, learnedStore(shared, database), shared.threads());
    Strategies strategies =
        new Strategies(
            catalogue,
            stats,
            new Strategies.Learned(new CacheAffinity(() -> affinity, shared.ticker()), bandits),
            bound -> shared.random().get().nextLong(bound));
    models = new ModelResolver(catalogue, shared.providers(), this::nameAt, strategies);
  }

  private static LearnedStore learnedStore(SharedParts shared, Database database) {
    StateSettings state = shared.settings().state();
    return state
        .redisUrl()
        .<LearnedStore>map(
            url -> new RedisLearned(RedisAddress.parse(url.reveal()), state.redisPrefix()))
        .orElseGet(() -> DatabaseLearned.in(database));
  }

  private static Bandits.Rules rules(RoutingSettings settings) {
    return new Bandits.Rules(settings.bandit().rules(), settings.bandit().reward().rules());
  }

  private String nameAt(ProviderProfile provider, String written) {
    Dialect dialect = shared.dialects().get(provider.dialect());
    return dialect == null ? written : dialect.modelName(written);
  }

  /** Applies what other settings say. */
  @Override
  public void replace(Settings fresh) {
    affinity = fresh.routing().cacheAffinity();
    wholeChecks = fresh.routing().checkWholeResponses();
    hedgePercent = fresh.routing().hedging().budgetPercent();
    challengers = fresh.routing().challengers();
    feedback = fresh.routing().feedback();
    bandits.replace(rules(fresh.routing()));
  }

  /** Resolves model names to candidates. */
  ModelResolver models() {
    return models;
  }

  /** The running experiments, in which calls take part. */
  ExperimentSnapshot experiments() {
    return experiments;
  }

  /** The stored prompts, which calls name. */
  PromptSnapshot prompts() {
    return prompts;
  }

  /** Whether challengers of experiments may get calls. */
  boolean challengers() {
    return challengers.enabled();
  }

  /** When a challenger of an experiment becomes the champion. */
  Promotion.Rules promotion() {
    return challengers.rules();
  }

  /** What bandits learn of calls besides what callers say. */
  FeedbackSettings feedback() {
    return feedback;
  }

  /** The bounds of copies of calls. */
  ShadowSettings shadow() {
    return challengers.shadow();
  }

  /** The parameters of an alias, for requests that do not set them. */
  DefaultParameters parameters(String model) {
    return catalogue.parameters(model);
  }

  /** What learns which candidates are best. */
  Bandits bandits() {
    return bandits;
  }

  /** Predicts the quality of candidates. */
  QualityForecast forecast() {
    return forecast;
  }

  /** Whether responses to calls with a quality target are checked as a whole. */
  boolean checksWholeResponses() {
    return wholeChecks;
  }

  /** How many of 100 calls that may be hedged are hedged at most. */
  int hedgePercent() {
    return hedgePercent;
  }

  /** What is measured of every candidate. */
  CandidateStats stats() {
    return stats;
  }

  /** What bandits learn, if it is to be shared through Redis and is not. */
  @Override
  public List<String> unavailable() {
    boolean redis = shared.settings().state().redisUrl().isPresent();
    return redis && learned.isFailing() ? List.of("bandits") : List.of();
  }

  @Override
  public void start() {
    Bandits.load();
    learned.start();
  }

  @Override
  public void close() {
    learned.close();
  }

  @Override
  public Map<String, Object> beans() {
    AssignVariant variants = new AssignVariant(experiments, models::serves, this::challengers);
    PromptExpansion expansion =
        new PromptExpansion(
            prompts,
            catalogue::persona,
            shared.memory(),
            shared.settings().server().maxBodyBytes());
    return Map.of(
        "read-chat-request",
            new ReadChatRequest(
                surfaces.surfaces(),
                shared.ticker(),
                this::parameters,
                variants,
                expansion,
                shared.loops()),
        "plan-attempts", new PlanAttempts(models),
        "explain-route",
            new ExplainRoute(
                models,
                new ExplainRoute.Reading(surfaces.surfaces(), shared.ticker(), variants, expansion),
                stats,
                forecast,
                shared.loops()),
        "write-ask-reply", new WriteAskReply(catalogue, stats, forecast, shared.memory()));
  }
}
