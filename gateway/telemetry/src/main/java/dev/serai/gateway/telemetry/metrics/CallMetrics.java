package dev.serai.gateway.telemetry.metrics;

import dev.serai.config.telemetry.TracingSettings.Semconv;
import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.call.CallListener;
import dev.serai.core.chat.Usage;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProblemListener;
import dev.serai.core.request.Operation;
import dev.serai.core.routing.Candidate;
import dev.serai.core.usage.UsageRecord;
import dev.serai.gateway.telemetry.CallFacts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.OptionalLong;

/**
 * Counts calls, attempts, tokens and money, by the names of the OpenTelemetry GenAI conventions in
 * the version that was asked for and by Serai's own. Thread-safe; a call costs an event loop less
 * than a microsecond.
 *
 * <p>A caller chooses the name of the model he asks for, so names are bounded: a model has meters
 * of its own once it has answered or if the catalogue knows it, and as long as there is room; all
 * others are counted as {@code other}.
 */
public final class CallMetrics implements CallListener, ProblemListener {
  /** The name that stands for all those there is no room for. */
  static final String OTHER = "other";

  private static final int MOST_PROVIDERS = 64;
  private static final int MOST_CODES = 64;

  private final ModelCatalogue catalogue;
  private final BoundedMeters<Candidate, ModelMeters> models;
  private final BoundedMeters<Asked, ModelMeters> beside;
  private final BoundedMeters<String, ModelMeters> providers;
  private final BoundedMeters<String, Counter> codes;
  private final ModelMeters strangers;
  private final Counter otherCodes;
  private final Counter answered;
  private final Counter failed;
  private final Counter cancelled;
  private final Counter attempts;
  private final Counter failovers;

  /**
   * @param semconv the version of the GenAI conventions
   * @param mostModels how many models get meters of their own
   */
  public CallMetrics(Metrics metrics, ModelCatalogue catalogue, Semconv semconv, int mostModels) {
    MeterRegistry registry = metrics.registry();
    this.catalogue = catalogue;
    models =
        new BoundedMeters<>(
            mostModels, who -> new ModelMeters(registry, semconv, Operation.CHAT, who));
    beside =
        new BoundedMeters<>(
            mostModels, asked -> new ModelMeters(registry, semconv, asked.operation, asked.who));
    providers =
        new BoundedMeters<>(
            MOST_PROVIDERS,
            name -> new ModelMeters(registry, semconv, Operation.CHAT, new Candidate(name, OTHER)));
    strangers = new ModelMeters(registry, semconv, Operation.CHAT, new Candidate(OTHER, OTHER));
    codes = new BoundedMeters<>(MOST_CODES, code -> errorCode(code, registry));
    otherCodes = errorCode(OTHER, registry);
    answered = calls("answered", registry);
    failed = calls("failed", registry);
    cancelled = calls("cancelled", registry);
    attempts = registry.counter("serai.attempts");
    failovers = registry.counter("serai.failovers");
  }

  @Override
  public void settled(Call call) {
    Outcome outcome = call.outcome().orElse(Outcome.FAILED);
    switch (outcome) {
      case ANSWERED -> answered.increment();
      case FAILED -> failed.increment();
      case CANCELLED -> cancelled.increment();
    }
    List<Attempt> tried = call.attempts();
    if (!tried.isEmpty()) {
      attempts.increment(tried.size());
    }
    if (tried.size() > 1) {
      failovers.increment(tried.size() - 1.0);
    }
    for (int i = 0; i < tried.size(); i++) {
      count(tried.get(i), call.streaming());
    }
    // A failure after the first token is told within the stream and not shown as a problem.
    if (outcome == Outcome.FAILED && call.streaming()) {
      count(CallFacts.problemCode(call));
    }
  }

  /** Tokens that nobody counted: they were not in what {@link #settled} was told. */
  public void estimated(UsageRecord row) {
    ModelMeters known = models.find(row.candidate());
    ModelMeters meters = known == null ? providers.admit(row.candidate().provider()) : known;
    (meters == null ? strangers : meters).estimated(row.usage(), row.costNanoUsd());
  }

  @Override
  public void shown(GatewayProblem problem) {
    count(problem.code());
  }

  private void count(Attempt attempt, boolean streamed) {
    ModelMeters meters = metersOf(attempt);
    meters.ended(attempt, streamed);
    Usage usage = attempt.usage().orElse(null);
    if (usage != null) {
      OptionalLong cost = catalogue.costNanoUsd(attempt.candidate(), usage);
      if (cost.isPresent()) {
        meters.cost(cost.getAsLong());
      }
    }
  }

  /** What is no chat, of whom. */
  private record Asked(Operation operation, Candidate who) {}

  private ModelMeters metersOf(Attempt attempt) {
    return attempt.operation() == Operation.CHAT ? chatMetersOf(attempt) : besideChat(attempt);
  }

  private ModelMeters besideChat(Attempt attempt) {
    Candidate who = attempt.candidate();
    boolean unnamed = who.model().isEmpty() || !deservesMeters(attempt);
    Candidate counted = unnamed ? new Candidate(who.provider(), OTHER) : who;
    ModelMeters meters = beside.admit(new Asked(attempt.operation(), counted));
    return meters == null ? strangers : meters;
  }

  private ModelMeters chatMetersOf(Attempt attempt) {
    Candidate who = attempt.candidate();
    ModelMeters meters = models.find(who);
    if (meters == null && deservesMeters(attempt)) {
      meters = models.admit(who);
    }
    if (meters == null) {
      meters = providers.admit(who.provider());
    }
    return meters == null ? strangers : meters;
  }

  private boolean deservesMeters(Attempt attempt) {
    Candidate who = attempt.candidate();
    boolean hasAnswered = attempt.problem().isEmpty() && attempt.firstTokenNanos() != 0;
    return hasAnswered
        || attempt.usage().isPresent()
        || catalogue.modelsOf(who.provider()).contains(who.model());
  }

  private void count(String code) {
    Counter counter = codes.admit(code);
    (counter == null ? otherCodes : counter).increment();
  }

  private static Counter calls(String outcome, MeterRegistry registry) {
    return Counter.builder("serai.calls")
        .description("Calls that ended, by how they did")
        .tag("outcome", outcome)
        .register(registry);
  }

  private static Counter errorCode(String code, MeterRegistry registry) {
    return Counter.builder("error.code." + plain(code))
        .description("Failures with this code that callers were told of")
        .register(registry);
  }

  /** What may stand in the name of a meter. */
  private static String plain(String code) {
    int end = Math.min(48, code.length());
    StringBuilder name = new StringBuilder(end);
    for (int i = 0; i < end; i++) {
      char c = Character.toLowerCase(code.charAt(i));
      boolean allowed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      name.append(allowed ? c : '_');
    }
    return name.toString();
  }
}
