package dev.serai.core.experiment.result;

import dev.serai.core.experiment.Experiment;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the calls of an experiment have shown, and whether that is enough to stop it. The decision
 * counts the first call of each unit only: those of one unit are not independent. Not thread-safe.
 */
public final class ExperimentResult {
  /** The highest probability of any wrong decision, however often it is looked at. */
  public static final double ALPHA = 0.05;

  private final Experiment experiment;
  private final Map<String, VariantResult> variants = new LinkedHashMap<>();
  private final Set<String> units = new HashSet<>();
  private int compared;

  /**
   * What to do.
   *
   * @param action {@code continue}, {@code promote} or {@code keep}
   * @param variant to promote or to keep
   * @param why a sentence
   */
  public record Verdict(String action, Optional<String> variant, String why) {}

  public ExperimentResult(Experiment experiment, List<ObservedCall> calls) {
    this.experiment = experiment;
    double alpha = experiment.rounds().share(ALPHA) / experiment.variants().size();
    experiment.variants().forEach(one -> variants.put(one.name(), new VariantResult(one, alpha)));
    calls.forEach(this::add);
  }

  private void add(ObservedCall call) {
    VariantResult variant = variants.get(call.variant());
    if (variant == null) {
      return;
    }
    variant.add(call);
    if (variant.variant().isShadow()) {
      return;
    }
    compared++;
    if (units.add(experiment.unit().of(call.caller(), call.requestId()))) {
      variant.addFirst(call);
    }
  }

  /** How many calls of clients there are; copies do not count. */
  int compared() {
    return compared;
  }

  /** The results of the variants, the champion first. */
  public List<VariantResult> variants() {
    return List.copyOf(variants.values());
  }

  /**
   * By how much a variant is worth more than the champion. The bounds of all variants hold at every
   * moment together with the probability {@code 1 - }{@link #ALPHA}.
   */
  public Interval difference(VariantResult challenger) {
    Interval own = challenger.value();
    Interval champion = variants().getFirst().value();
    return new Interval(
        own.mean() - champion.mean(), own.low() - champion.high(), own.high() - champion.low());
  }

  /** The challengers that callers get, which alone can be compared with the champion. */
  private List<VariantResult> challengers() {
    return variants().subList(1, variants.size()).stream()
        .filter(one -> !one.variant().isShadow())
        .toList();
  }

  /**
   * What to do now.
   *
   * @param margin by how much the calls of a challenger must be worth more to promote it
   */
  public Verdict verdict(double margin) {
    List<VariantResult> challengers = challengers();
    if (challengers.isEmpty()) {
      return new Verdict("continue", Optional.empty(), "No challenger gets calls of its own.");
    }
    VariantResult best = challengers.getFirst();
    boolean allWorse = true;
    for (VariantResult one : challengers) {
      best = difference(one).low() > difference(best).low() ? one : best;
      allWorse = allWorse && difference(one).high() < 0;
    }
    String champion = variants().getFirst().variant().name();
    if (difference(best).low() > margin) {
      return new Verdict(
          "promote",
          Optional.of(best.variant().name()),
          "The calls of '"
              + best.variant().name()
              + "' are worth more than those of '"
              + champion
              + "'.");
    }
    return allWorse
        ? new Verdict(
            "keep",
            Optional.of(champion),
            "The calls of every other variant are worth less than those of '" + champion + "'.")
        : new Verdict(
            "continue", Optional.empty(), "No difference is certain to be large enough yet.");
  }
}
