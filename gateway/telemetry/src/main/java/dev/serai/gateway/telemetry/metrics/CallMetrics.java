package dev.serai.gateway.telemetry.metrics;

import dev.serai.config.telemetry.TracingSettings.Semconv;
import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.call.CallListener;
import dev.serai.core.call.HedgeOutcome;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.Usage;
import dev.serai.core.fanout.Aggregation;
import dev.serai.core.fanout.FanOutResult;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProblemListener;
import dev.serai.core.request.Operation;
import dev.serai.core.routing.Candidate;
import dev.serai.core.usage.UsageRecord;
import dev.serai.gateway.telemetry.CallFacts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Counts calls, attempts, tokens and cost, under the names of the OpenTelemetry GenAI conventions
 * in the configured version and under Serai's own. Thread-safe; a call takes less than a
 * microsecond of an event loop.
 *
 * <p>Callers choose the names of models, so the number of labels is bounded: a model gets meters of
 * its own once it has responded or if the catalogue knows it, while there is room. All others are
 * counted as {@code other}. So are API keys, of which a limited number get meters of their own.
 */
public final class CallMetrics implements CallListener, ProblemListener {
  /** The label of models, providers and codes for which there is no room. */
  static final String OTHER = "other";

  private static final int MAX_PROVIDERS = 64;
  private static final int MAX_CALLERS = 200;

  private final ModelCatalogue catalogue;
  private final BoundedMeters<Candidate, ModelMeters> models;
  private final BoundedMeters<OperationAtModel, ModelMeters> otherOperations;
  private final BoundedMeters<String, ModelMeters> providers;
  private final BoundedMeters<CallerMeters.Who, CallerMeters> callers;
  private final CallerMeters otherCallers;
  private final ErrorMeters errors;
  private final ModelMeters others;
  private final Counter answered;
  private final Counter failed;
  private final Counter cancelled;
  private final Counter attempts;
  private final Counter failovers;
  private final Map<HedgeOutcome, Counter> hedges = new EnumMap<>(HedgeOutcome.class);
  private final Map<Aggregation, Counter> fanOuts = new EnumMap<>(Aggregation.class);

  /**
   * @param semconv the version of the GenAI conventions
   * @param maxModels how many models at most get meters of their own
   */
  public CallMetrics(Metrics metrics, ModelCatalogue catalogue, Semconv semconv, int maxModels) {
    MeterRegistry registry = metrics.registry();
    this.catalogue = catalogue;
    models =
        new BoundedMeters<>(
            maxModels, who -> new ModelMeters(registry, semconv, Operation.CHAT, who));
    otherOperations =
        new BoundedMeters<>(
            maxModels, key -> new ModelMeters(registry, semconv, key.operation, key.candidate));
    providers =
        new BoundedMeters<>(
            MAX_PROVIDERS,
            name -> new ModelMeters(registry, semconv, Operation.CHAT, new Candidate(name, OTHER)));
    others = new ModelMeters(registry, semconv, Operation.CHAT, new Candidate(OTHER, OTHER));
    callers = new BoundedMeters<>(MAX_CALLERS, who -> new CallerMeters(registry, who));
    otherCallers = new CallerMeters(registry, new CallerMeters.Who(OTHER, OTHER));
    errors = new ErrorMeters(registry);
    answered = calls("answered", registry);
    failed = calls("failed", registry);
    cancelled = calls("cancelled", registry);
    attempts = counter("serai.attempts", "Attempts that have ended", registry);
    failovers = counter("serai.failovers", "Attempts after a failure of one before them", registry);
    for (HedgeOutcome outcome : HedgeOutcome.values()) {
      hedges.put(
          outcome,
          Counter.builder("serai.hedges")
              .description("Second attempts because the first one was late, by outcome")
              .tag("outcome", outcome.label())
              .register(registry));
    }
    for (Aggregation aggregation : Aggregation.values()) {
      fanOuts.put(
          aggregation,
          Counter.builder("serai.fan.outs")
              .description("Calls that were asked of several candidates at once")
              .tag("aggregation", aggregation.label())
              .register(registry));
    }
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
      countFurther(call, tried.size() - 1);
    }
    CallerMeters caller = metersOf(call.caller());
    caller.called();
    for (int i = 0; i < tried.size(); i++) {
      count(tried.get(i), call.streaming(), caller);
    }
    // A failure after the first token is an event of the stream: shown() is not called for it.
    if (outcome == Outcome.FAILED && call.streaming()) {
      errors.count(CallFacts.problemCode(call));
    }
  }

  /** Counts the attempts after the first one. */
  private void countFurther(Call call, int further) {
    Optional<FanOutResult> fanOut = call.lifecycle().fanOut();
    if (fanOut.isPresent()) {
      fanOut.map(FanOutResult::aggregation).map(fanOuts::get).ifPresent(Counter::increment);
      return;
    }
    Optional<HedgeOutcome> hedge = HedgeOutcome.of(call);
    int failed = hedge.isPresent() ? further - 1 : further;
    if (failed > 0) {
      failovers.increment(failed);
    }
    hedge.map(hedges::get).ifPresent(Counter::increment);
  }

  /** Counts estimated usage of an attempt whose provider reported none. */
  public void estimated(UsageRecord row) {
    ModelMeters known = models.find(row.candidate());
    ModelMeters meters = known == null ? providers.admit(row.candidate().provider()) : known;
    (meters == null ? others : meters).estimated(row.usage(), row.costNanoUsd());
    CallerMeters caller = metersOf(row.caller());
    caller.used(row.usage());
    row.costNanoUsd().ifPresent(caller::cost);
  }

  @Override
  public void shown(GatewayProblem problem) {
    errors.count(problem.code());
  }

  private CallerMeters metersOf(Caller caller) {
    CallerMeters meters = callers.admit(new CallerMeters.Who(caller.tenant(), caller.key()));
    return meters == null ? otherCallers : meters;
  }

  private void count(Attempt attempt, boolean streamed, CallerMeters caller) {
    ModelMeters meters = metersOf(attempt);
    meters.ended(attempt, streamed);
    Optional<Usage> usage = attempt.usage();
    if (usage.isPresent()) {
      caller.used(usage.get());
      OptionalLong cost = catalogue.costNanoUsd(attempt.candidate(), usage.get());
      if (cost.isPresent()) {
        meters.cost(cost.getAsLong());
        caller.cost(cost.getAsLong());
      }
    }
  }

  /** An operation other than chat at one model. */
  private record OperationAtModel(Operation operation, Candidate candidate) {}

  private ModelMeters metersOf(Attempt attempt) {
    return attempt.operation() == Operation.CHAT ? chatMetersOf(attempt) : otherMetersOf(attempt);
  }

  private ModelMeters otherMetersOf(Attempt attempt) {
    Candidate who = attempt.candidate();
    boolean unnamed = who.model().isEmpty() || !hasOwnMeters(attempt);
    Candidate counted = unnamed ? new Candidate(who.provider(), OTHER) : who;
    ModelMeters meters = otherOperations.admit(new OperationAtModel(attempt.operation(), counted));
    return meters == null ? others : meters;
  }

  private ModelMeters chatMetersOf(Attempt attempt) {
    Candidate who = attempt.candidate();
    ModelMeters meters = models.find(who);
    if (meters == null && hasOwnMeters(attempt)) {
      meters = models.admit(who);
    }
    if (meters == null) {
      meters = providers.admit(who.provider());
    }
    return meters == null ? others : meters;
  }

  private boolean hasOwnMeters(Attempt attempt) {
    Candidate who = attempt.candidate();
    boolean hasResponded = attempt.problem().isEmpty() && attempt.firstTokenNanos() != 0;
    return hasResponded
        || attempt.usage().isPresent()
        || catalogue.modelsOf(who.provider()).contains(who.model());
  }

  private static Counter calls(String outcome, MeterRegistry registry) {
    return Counter.builder("serai.calls")
        .description("Calls that have ended, by outcome")
        .tag("outcome", outcome)
        .register(registry);
  }

  private static Counter counter(String name, String description, MeterRegistry registry) {
    return Counter.builder(name).description(description).register(registry);
  }
}
