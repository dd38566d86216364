package dev.serai.processors.experiments;

import dev.serai.core.caller.Caller;
import dev.serai.core.experiment.Experiment;
import dev.serai.core.experiment.result.ExperimentResult;
import dev.serai.core.experiment.result.ExperimentResult.Verdict;
import dev.serai.core.experiment.result.Interval;
import dev.serai.core.experiment.result.ObservedCall;
import dev.serai.core.experiment.result.ObservedCall.Kind;
import dev.serai.core.experiment.result.Promotion;
import dev.serai.core.experiment.result.VariantResult;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.support.EventLoops;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Shows what an experiment has shown so far, and whether that is enough. Thread-safe. */
final class ShowExperimentResults extends JsonStep {
  private static final MathContext DIGITS = new MathContext(6);

  private final ManagedExperiments experiments;
  private final ObservedCall.Source calls;
  private final Supplier<Promotion.Rules> rules;

  ShowExperimentResults(
      ManagedExperiments experiments,
      ObservedCall.Source calls,
      Supplier<Promotion.Rules> rules,
      EventLoops loops) {
    super(loops);
    this.experiments = experiments;
    this.calls = calls;
    this.rules = rules;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    Experiment experiment = experiments.find(caller, request);
    ExperimentResult result = new ExperimentResult(experiment, observed(experiment));
    JsonWriter json =
        new JsonWriter()
            .beginObject()
            .member("experiment", experiment.id())
            .member("status", experiment.status().label())
            .member("round", experiment.rounds().number());
    Verdict verdict = result.verdict(experiment.rounds().automatic() ? rules.get().margin() : 0);
    json.name("decision").beginObject().member("action", verdict.action());
    verdict.variant().ifPresent(name -> json.member("variant", name));
    json.member("why", verdict.why()).endObject();
    json.name("variants").beginArray();
    List<VariantResult> variants = result.variants();
    for (VariantResult variant : variants) {
      write(json, variant);
      if (variant != variants.getFirst()) {
        write(json, "difference", compared(variant, result.difference(variant)));
      }
      json.endObject();
    }
    return json.endArray().endObject().bytes();
  }

  /** The calls of clients are those that a promotion is decided by. */
  private List<ObservedCall> observed(Experiment experiment) {
    List<ObservedCall> all = new ArrayList<>(calls.of(experiment, Kind.CALLS));
    if (experiment.hasShadows()) {
      all.addAll(calls.of(experiment, Kind.COPIES));
    }
    return all;
  }

  private static void write(JsonWriter json, VariantResult variant) {
    json.beginObject()
        .member("name", variant.variant().name())
        .member("model", variant.variant().model())
        .member("calls", variant.calls())
        .member("units", variant.units());
    write(json, "success_rate", variant.answered());
    write(json, "quality", variant.score());
    write(json, "cost_usd", variant.usd());
    write(json, "latency_seconds", variant.seconds());
    write(json, "value", compared(variant, variant.value()));
  }

  /** A variant that gets copies has no feedback that it could be compared by. */
  private static Optional<Interval> compared(VariantResult variant, Interval interval) {
    return variant.variant().isShadow() ? Optional.empty() : Optional.of(interval);
  }

  private static void write(JsonWriter json, String name, Optional<Interval> interval) {
    if (interval.isEmpty()) {
      json.nullMember(name);
      return;
    }
    json.name(name)
        .beginObject()
        .member("mean", rounded(interval.get().mean()))
        .member("low", rounded(interval.get().low()))
        .member("high", rounded(interval.get().high()))
        .endObject();
  }

  private static BigDecimal rounded(double number) {
    return new BigDecimal(number).round(DIGITS);
  }
}
