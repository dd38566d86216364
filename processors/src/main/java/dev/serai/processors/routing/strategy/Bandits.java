package dev.serai.processors.routing.strategy;

import dev.serai.core.bandit.Bandit;
import dev.serai.core.bandit.BanditContext;
import dev.serai.core.bandit.BanditGroups;
import dev.serai.core.bandit.BanditRules;
import dev.serai.core.bandit.Choice;
import dev.serai.core.bandit.Option;
import dev.serai.core.bandit.RewardRules;
import dev.serai.core.cache.RecentMap;
import dev.serai.core.call.Call;
import dev.serai.core.features.RequestFeatures;
import dev.serai.core.features.TaskCluster;
import dev.serai.core.limit.Hold;
import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Draw;
import dev.serai.core.routing.PolicyFeatures;
import dev.serai.processors.routing.strategy.Ranking.Ranked;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Chooses candidates by what was learned of them: one bandit for each model name, which learns from
 * the attempts at its candidates for each kind of work. Thread-safe; never blocks.
 */
public final class Bandits implements BanditGroups {
  /** Callers choose names, so the number is bounded. */
  private static final int MAX_NAMES = 1024;

  /** How many places of an order are by score. */
  private static final int SORTED = 8;

  private static final int MAX_ARMS = 4096;

  private final RecentMap<String, Bandit> byName = new RecentMap<>(MAX_NAMES);
  private final RecentMap<Candidate, String> arms = new RecentMap<>(MAX_ARMS);
  private final Supplier<? extends RandomGenerator> random;
  private final InstantSource clock;
  private volatile Rules rules;

  /**
   * What the operator sets.
   *
   * @param bandit how a bandit chooses
   * @param reward what a call is worth
   */
  public record Rules(BanditRules bandit, RewardRules reward) {}

  /**
   * A choice of a bandit.
   *
   * @param order the chosen target, then the best others by their scores
   */
  record Drawn(Bandit bandit, BanditContext context, Choice choice, List<Ranked> order, Draw draw) {
    /** The call goes to the chosen target. */
    void follow() {
      bandit.follow(choice);
    }

    /** Whether the candidate is one of the targets. */
    boolean isOf(Candidate candidate) {
      for (Ranked one : order) {
        if (one.candidate().equals(candidate)) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * @param random for samples; threads may have their own
   * @param clock for the age of what is known
   */
  public Bandits(Rules rules, Supplier<? extends RandomGenerator> random, InstantSource clock) {
    this.rules = rules;
    this.random = random;
    this.clock = clock;
  }

  /** Loads what a choice needs, which blocks: before calls come. */
  public static void load() {
    RequestFeatures.load();
  }

  /** Changes the rules; what is known stays. */
  public void replace(Rules fresh) {
    rules = fresh;
    byName.copy().values().forEach(bandit -> bandit.apply(fresh.bandit()));
  }

  private Bandit of(String name) {
    return byName.computeIfAbsent(name, _ -> new Bandit(rules.bandit(), random, clock));
  }

  @Override
  public Map<String, Bandit> inUse() {
    return byName.copy();
  }

  @Override
  public void open(String name) {
    if (byName.hasRoom()) {
      of(name);
    }
  }

  @Override
  public BanditRules rules() {
    return rules.bandit();
  }

  /**
   * Chooses a target.
   *
   * @param costs the expected cost of the call at each target, in US dollars; infinite if unknown
   */
  Drawn draw(List<Target> targets, double[] costs, RoutingRequest request) {
    Optional<RequestFeatures> features = features(request);
    TaskCluster cluster = features.map(known -> known.task().cluster()).orElse(TaskCluster.CHAT);
    Optional<PolicyFeatures> decisive = features.map(RequestFeatures::recorded);
    BanditContext context = context(decisive);
    Bandit bandit = of(request.model());
    Choice choice = bandit.choose(context, options(targets, costs));
    Draw draw =
        new Draw(
            bandit.rules().algorithm().text(),
            cluster.label(),
            decisive,
            choice.role() == Choice.Role.EXPLORE,
            choice::propensity);
    return new Drawn(bandit, context, choice, inOrder(targets, choice), draw);
  }

  /** The chosen target, then the best of the others; few calls try more than three candidates. */
  private static List<Ranked> inOrder(List<Target> targets, Choice choice) {
    int[] places = new int[targets.size()];
    double[] scores = new double[places.length]; // compared so often that a list is too slow
    for (int i = 0; i < places.length; i++) {
      places[i] = i;
      scores[i] = 1 - choice.score(i);
    }
    swap(places, scores, 0, choice.index());
    for (int place = 1; place < Math.min(SORTED, places.length); place++) {
      int best = place;
      double lowest = scores[place];
      for (int i = place + 1; i < scores.length; i++) {
        if (scores[i] < lowest) {
          lowest = scores[i];
          best = i;
        }
      }
      swap(places, scores, place, best);
    }
    List<Ranked> order = new ArrayList<>(places.length);
    for (int i = 0; i < places.length; i++) {
      order.add(new Ranked(targets.get(places[i]).candidate(), scores[i], ""));
    }
    return order;
  }

  private static void swap(int[] places, double[] scores, int one, int other) {
    int place = places[one];
    places[one] = places[other];
    places[other] = place;
    double score = scores[one];
    scores[one] = scores[other];
    scores[other] = score;
  }

  private List<Option> options(List<Target> targets, double[] costs) {
    RewardRules reward = rules.reward();
    List<Option> options = new ArrayList<>(targets.size());
    for (int i = 0; i < costs.length; i++) {
      // A call without a known price takes off as much as an expensive one.
      double usd = Double.isFinite(costs[i]) ? costs[i] : reward.highCostUsd();
      options.add(new Option(arm(targets.get(i).candidate()), reward.penalty(usd, 0), usd));
    }
    return options;
  }

  /** What a bandit decides by if a request has these features. */
  public static BanditContext context(Optional<PolicyFeatures> features) {
    return BanditFeatures.context(features);
  }

  /** The name of a candidate for a bandit. */
  String arm(Candidate candidate) {
    return arms.computeIfAbsent(candidate, one -> one.provider() + '/' + one.model());
  }

  /** The features of a chat request; empty if there are none. */
  static Optional<RequestFeatures> features(RoutingRequest request) {
    return request.content().outline().map(shown -> RequestFeatures.of(shown, request.taskType()));
  }

  /**
   * The share of its quality that a candidate has shown for a kind of work, between 0 and 1: 1 if
   * no response of it was rated lower.
   *
   * @return empty with fewer trials than that
   */
  OptionalDouble qualityShare(
      String model, Candidate candidate, TaskCluster cluster, double minTrials) {
    OptionalDouble mean =
        byName
            .find(model)
            .map(bandit -> bandit.mean(arm(candidate), cluster.ordinal(), minTrials))
            .orElse(OptionalDouble.empty());
    return mean.isEmpty()
        ? mean
        : OptionalDouble.of(rules.reward().qualityShare(mean.getAsDouble()));
  }

  /**
   * A call that a bandit has learned from before.
   *
   * @param candidate that has answered
   * @param features of the request; empty if they could not be read
   * @param age how long ago the call was
   */
  public record LearnedCall(Candidate candidate, Optional<PolicyFeatures> features, Duration age) {}

  /**
   * Learns that the quality of a call is another one than was known. What has aged since then
   * counts as much less.
   *
   * @param model that the call has asked for
   * @param quality the change of the quality, between -1 and 1
   */
  public void revise(String model, LearnedCall call, double quality) {
    Rules now = rules;
    double halfLife = now.bandit().halfLife().toMillis();
    double aged = halfLife == 0 ? 1 : Math.pow(0.5, call.age().toMillis() / halfLife);
    of(model)
        .revise(
            context(call.features()), arm(call.candidate()), now.reward().learned(quality) * aged);
  }

  /** Learns from the attempts of a call, when it ends. */
  Hold rewardHold(Drawn drawn, Call call, CandidateStats stats) {
    return new RewardHold(this, drawn, call, stats);
  }

  /** What a call is worth now. */
  RewardRules reward() {
    return rules.reward();
  }
}
