package dev.serai.processors.routing.strategy;

import dev.serai.core.bandit.Bandit;
import dev.serai.core.bandit.Choice;
import dev.serai.core.bandit.Option;
import dev.serai.core.bandit.RewardRules;
import dev.serai.core.chat.Usage;
import dev.serai.core.model.Capability;
import dev.serai.core.model.Modality;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.ModelCatalogue.ModelRoute;
import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.model.ModelFacts;
import dev.serai.core.offpolicy.PastCall;
import dev.serai.core.offpolicy.PolicyReplay;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.PolicyFeatures;
import dev.serai.core.routing.PolicyFeatures.Trait;
import dev.serai.core.routing.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What the settings of a catalogue would choose for calls of the past: the probability of each
 * target. Its bandits begin without knowledge and learn from the calls in their order, as they were
 * made. Not thread-safe.
 */
public final class ReplayedPolicy implements PolicyReplay.Policy {
  private static final long OUTPUT_TOKENS = 300;
  private static final double NANO_USD = 1e-9;

  private final ModelCatalogue catalogue;
  private final Bandits.Rules rules;
  private final RandomGenerator random;
  private final Map<String, Bandit> bandits = new HashMap<>();
  private long nowMillis;

  /**
   * @param catalogue with the aliases, strategies and prices of the policy
   * @param random for samples of bandits, which do not change the probabilities
   */
  public ReplayedPolicy(ModelCatalogue catalogue, Bandits.Rules rules, RandomGenerator random) {
    this.catalogue = catalogue;
    this.rules = rules;
    this.random = random;
  }

  /**
   * The probability of each target to be the first, by target; empty if the policy does not know
   * the model of the call.
   *
   * @throws IllegalArgumentException if its strategy decides by what a gateway measures
   */
  @Override
  public Map<Candidate, Double> chances(PastCall call) {
    nowMillis = call.timeMillis();
    return catalogue
        .find(call.model())
        .filter(route -> !route.targets().isEmpty())
        .map(route -> chances(route, call))
        .orElse(Map.of());
  }

  /**
   * A strategy is replayed if it decides by what is recorded of a call, not by what is measured.
   */
  private Map<Candidate, Double> chances(ModelRoute route, PastCall call) {
    List<Target> open = able(route.targets(), call);
    Strategy strategy = catalogue.strategy(call.tenant(), route);
    return switch (strategy) {
      case PRIORITY -> shares(first(open));
      case ROUND_ROBIN -> shares(open);
      case COST_AWARE -> cheapest(open, call);
      case BANDIT -> drawn(open, call);
      case LATENCY, LOAD_BALANCED, CAPABILITY_MATCH ->
          throw new IllegalArgumentException(
              "the strategy "
                  + strategy.label()
                  + " of the model "
                  + call.model()
                  + " decides by what a gateway knows at the time of a call, so it cannot be"
                  + " replayed; priority, round_robin, cost_aware and bandit can");
    };
  }

  /** Lets the bandit of the call's model learn from its outcome. */
  @Override
  public void learn(PastCall call) {
    nowMillis = call.timeMillis();
    Bandit bandit = bandits.get(call.model());
    if (bandit != null) {
      bandit.learn(
          BanditFeatures.context(call.features()),
          arm(call.chosen()),
          rules.reward().learned(outcome(call)));
    }
  }

  /** What a call was worth by the rules of the policy, from 0 to 1. */
  @Override
  public double reward(PastCall call) {
    double usd = call.result().usd().orElse(rules.reward().highCostUsd());
    return rules.reward().value(outcome(call), rules.reward().penalty(usd, 0));
  }

  private static RewardRules.Outcome outcome(PastCall call) {
    PastCall.Result result = call.result();
    return result.answered()
        ? new RewardRules.Outcome(
            true, result.score().orElse(1), Duration.ofMillis((long) result.millis()))
        : RewardRules.Outcome.FAILED;
  }

  /** The targets that may have all that the call needs; all targets if none has. */
  private List<Target> able(List<Target> targets, PastCall call) {
    Set<Trait> traits = call.features().map(PolicyFeatures::traits).orElse(Set.of());
    Set<Modality> input = EnumSet.noneOf(Modality.class);
    Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
    if (traits.contains(Trait.IMAGES)) {
      input.add(Modality.IMAGE);
    }
    if (traits.contains(Trait.TOOLS)) {
      capabilities.add(Capability.TOOLS);
    }
    if (traits.contains(Trait.STRUCTURED_OUTPUT)) {
      capabilities.add(Capability.STRUCTURED_OUTPUT);
    }
    Needs needs = new Needs(input, capabilities, 0);
    List<Target> able = new ArrayList<>();
    for (Target target : targets) {
      ModelFacts facts = catalogue.abilities(target.candidate());
      if (needs.lacking(facts).isEmpty()) {
        able.add(target);
      }
    }
    return able.isEmpty() ? targets : able;
  }

  private static List<Target> first(List<Target> open) {
    int level = open.stream().mapToInt(Target::level).min().orElse(0);
    return open.stream().filter(target -> target.level() == level).toList();
  }

  private static Map<Candidate, Double> shares(List<Target> open) {
    double sum = open.stream().mapToInt(Target::weight).sum();
    Map<Candidate, Double> shares = new LinkedHashMap<>();
    open.forEach(target -> shares.merge(target.candidate(), target.weight() / sum, Double::sum));
    return shares;
  }

  private Map<Candidate, Double> cheapest(List<Target> open, PastCall call) {
    Target best = open.getFirst();
    double least = Double.POSITIVE_INFINITY;
    for (Target target : open) {
      double usd = usd(target.candidate(), call);
      if (usd < least || usd == least && target.level() < best.level()) {
        best = target;
        least = usd;
      }
    }
    return Map.of(best.candidate(), 1.0);
  }

  private Map<Candidate, Double> drawn(List<Target> open, PastCall call) {
    if (open.size() == 1) {
      return Map.of(open.getFirst().candidate(), 1.0);
    }
    Bandit bandit =
        bandits.computeIfAbsent(
            call.model(),
            _ -> new Bandit(rules.bandit(), () -> random, () -> Instant.ofEpochMilli(nowMillis)));
    List<Option> options = new ArrayList<>();
    for (Target target : open) {
      double usd = usd(target.candidate(), call);
      double known = Double.isFinite(usd) ? usd : rules.reward().highCostUsd();
      options.add(new Option(arm(target.candidate()), rules.reward().penalty(known, 0), known));
    }
    Choice choice = bandit.choose(BanditFeatures.context(call.features()), options);
    double[] chances = new double[options.size()];
    double sum = 0;
    for (int i = 0; i < chances.length; i++) {
      chances[i] = choice.propensity(i);
      sum += chances[i];
    }
    Map<Candidate, Double> shares = new LinkedHashMap<>();
    for (int i = 0; i < chances.length; i++) {
      shares.merge(open.get(i).candidate(), chances[i] / sum, Double::sum);
    }
    return shares;
  }

  private double usd(Candidate candidate, PastCall call) {
    long input = call.features().map(PolicyFeatures::promptTokens).orElse(0L);
    OptionalLong nano =
        catalogue.costNanoUsd(
            candidate, Usage.of(input, OUTPUT_TOKENS), Instant.ofEpochMilli(call.timeMillis()));
    return nano.isPresent() ? nano.getAsLong() * NANO_USD : Double.POSITIVE_INFINITY;
  }

  private static String arm(Candidate candidate) {
    return candidate.provider() + '/' + candidate.model();
  }
}
