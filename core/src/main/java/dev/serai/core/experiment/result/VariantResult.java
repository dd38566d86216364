package dev.serai.core.experiment.result;

import dev.serai.core.experiment.Variant;
import dev.serai.core.statistics.Moments;
import java.util.Optional;

/** What the calls of a variant have shown. Not thread-safe. */
public final class VariantResult {
  private static final double NANO = 1e-9;
  private static final double MICROS = 1e6;

  private final Variant variant;
  private final ConfidenceSequence value;
  private final Moments answered = new Moments();
  private final Moments score = new Moments();
  private final Moments usd = new Moments();
  private final Moments seconds = new Moments();

  VariantResult(Variant variant, double alpha) {
    this.variant = variant;
    this.value = new ConfidenceSequence(alpha);
  }

  void add(ObservedCall call) {
    answered.add(call.answered() ? 1 : 0);
    call.score().ifPresent(score::add);
    call.nanoUsd().ifPresent(nanos -> usd.add(nanos * NANO));
    seconds.add(call.latencyMicros() / MICROS);
  }

  void addFirst(ObservedCall call) {
    value.add(call.value());
  }

  /** The variant. */
  public Variant variant() {
    return variant;
  }

  /** How many calls there are. */
  public int calls() {
    return answered.count();
  }

  /** How many units there are. */
  public int units() {
    return value.count();
  }

  /** What the first call of a unit is worth, within bounds that hold at every moment. */
  public Interval value() {
    return value.interval();
  }

  /** The share of answered calls; empty without calls, as the other ones are. */
  public Optional<Interval> answered() {
    return of(answered, 1);
  }

  /** The mean score of the calls with feedback. */
  public Optional<Interval> score() {
    return of(score, 1);
  }

  /** The mean cost of a call with a known price, in US dollars. */
  public Optional<Interval> usd() {
    return of(usd, Double.MAX_VALUE);
  }

  /** The mean duration of a call, in seconds. */
  public Optional<Interval> seconds() {
    return of(seconds, Double.MAX_VALUE);
  }

  private static Optional<Interval> of(Moments moments, double most) {
    return moments.count() == 0 ? Optional.empty() : Optional.of(Interval.of(moments, most));
  }
}
