package dev.serai.processors.routing.strategy;

import static java.util.Objects.requireNonNull;

import dev.serai.core.call.Call;
import dev.serai.core.limit.Hold;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.ModelCatalogue.ModelRoute;
import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Decision;
import dev.serai.core.routing.Decision.Source;
import dev.serai.core.routing.Failover;
import dev.serai.core.routing.QualityTarget;
import dev.serai.core.routing.RoutingCriteria.Preferred;
import dev.serai.core.routing.Strategy;
import dev.serai.processors.routing.strategy.Bandits.Drawn;
import dev.serai.processors.routing.strategy.CacheAffinity.Key;
import dev.serai.processors.routing.strategy.CacheAffinity.Pin;
import dev.serai.processors.routing.strategy.Ordering.Scored;
import dev.serai.processors.routing.strategy.Ranking.LeftOut;
import dev.serai.processors.routing.strategy.Ranking.Ranked;
import dev.serai.processors.routing.strategy.Requirements.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;

/**
 * Orders the candidates of a call. What the client requires comes first: a candidate without it is
 * left out. Then the strategy orders the targets; those that are known to lack something that the
 * content of the request needs come after the others. The fallbacks follow in their own order.
 * Last, those whose circuit breaker is open go behind those that would be asked. Thread-safe; never
 * blocks.
 */
public final class Strategies {
  /** Candidates that an error names. */
  private static final int MAX_NAMED = 5;

  private final ModelCatalogue catalogue;
  private final CandidateStats stats;
  private final CacheAffinity affinity;
  private final Bandits bandits;
  private final TargetScores scores;
  private final QualityForecast forecast;
  private final InTurn turns = new InTurn();
  private final Map<String, Function<Requirements, Ordering>> orderings = new HashMap<>();

  /** What is learned from calls: where conversations are cached, and what candidates are worth. */
  public record Learned(CacheAffinity affinity, Bandits bandits) {}

  /**
   * @param random returns a number from 0 to its argument, the argument excluded
   */
  public Strategies(
      ModelCatalogue catalogue, CandidateStats stats, Learned learned, LongUnaryOperator random) {
    this.catalogue = catalogue;
    this.stats = stats;
    this.affinity = learned.affinity();
    this.bandits = learned.bandits();
    this.scores = new TargetScores(catalogue, stats);
    this.forecast = new QualityForecast(catalogue, bandits);
    WeightedDraw draw = new WeightedDraw(random);
    for (Strategy strategy : Strategy.values()) {
      orderings.put(strategy.label(), ordering(strategy, draw));
    }
    orderings.put(Decision.PREFERENCES, always(new ByScore(scores::preferences)));
  }

  private Function<Requirements, Ordering> ordering(Strategy strategy, WeightedDraw draw) {
    return switch (strategy) {
      case PRIORITY, BANDIT -> always(new ByPriority(draw)); // of those that a bandit does not draw
      case ROUND_ROBIN -> always(turns);
      case COST_AWARE -> always(new ByScore(scores::costs));
      case LATENCY -> always(new ByScore(scores::latencies));
      case LOAD_BALANCED -> always(new ByLoad(draw, stats));
      case CAPABILITY_MATCH ->
          requirements ->
              new ByScore((targets, request) -> scores.matches(targets, request, requirements));
    };
  }

  private static Function<Requirements, Ordering> always(Ordering one) {
    return _ -> one;
  }

  /**
   * The candidates of a route in the order in which a call tries them.
   *
   * @throws CallerProblem 400 if no candidate has what the client requires
   */
  public Ranking rank(ModelRoute route, RoutingRequest request) {
    return rank(route, request, true);
  }

  /**
   * The order in which a call would try the candidates. It takes no turn, so that the next call has
   * the same order where candidates take turns.
   *
   * @throws CallerProblem 400 if no candidate has what the client requires
   */
  public Ranking rehearse(ModelRoute route, Call call) {
    RoutingRequest asked = RoutingRequest.of(call);
    Optional<Pin> pin = conversation(route, call, asked).flatMap(affinity::find);
    return rank(route, asked.at(pin), false);
  }

  private Ranking rank(ModelRoute route, RoutingRequest request, boolean takesTurn) {
    TargetCheck check = new TargetCheck(request, new TargetCheck.Sources(forecast, scores, stats));
    Requirements requirements = new Requirements(catalogue, stats, request, check);
    List<LeftOut> leftOut = new ArrayList<>(0);
    List<Target> targets = fitting(route.targets(), requirements, leftOut);
    String rule = rule(route, request);
    List<Ranked> order = new ArrayList<>(route.targets().size() + route.fallbacks().size());
    Optional<Drawn> drawn = Optional.empty();
    if (targets.size() == 1) {
      order.add(new Ranked(targets.getFirst().candidate(), Double.NaN, ""));
    } else if (!targets.isEmpty()) {
      drawn = drawn(rule, targets, requirements, request);
      if (drawn.isPresent()) {
        order.addAll(drawn.get().order());
      } else {
        addInOrder(
            ordering(rule, requirements, takesTurn).order(targets, request), requirements, order);
      }
      request.pin().ifPresent(pin -> stay(pin, rule, request, order));
    }
    for (Candidate fallback : route.fallbacks()) {
      if (fits(fallback, requirements, leftOut)) {
        order.add(new Ranked(fallback, Double.NaN, ""));
      }
    }
    if (order.isEmpty()) {
      throw unmet(request.model(), leftOut);
    }
    Failover failover =
        route
            .policy()
            .attempts()
            .failover()
            .keeping(candidate -> requirements.refused(candidate).isEmpty());
    if (!check.isEmpty()) {
      sort(order, requirements);
    }
    boolean stopped = Health.sort(order, stats, requirements);
    String note = check.isEmpty() ? "" : check.note(order.getFirst().candidate());
    return new Ranking(
        rule,
        source(route, request),
        targets,
        drawn,
        order,
        leftOut,
        failover,
        !check.isEmpty(),
        stopped,
        note);
  }

  /**
   * Orders the candidates for a call that begins, and learns from it when it ends. Nothing is
   * learned from a count of tokens: no model reads its prompt.
   */
  public Ranking begin(ModelRoute route, Call call) {
    return begin(call.request().model(), route, call);
  }

  /**
   * The same for a call that is planned for that model name. A call that is planned once more
   * learns of its last plan only.
   */
  public Ranking begin(String model, ModelRoute route, Call call) {
    RoutingRequest asked = RoutingRequest.of(model, call);
    Optional<Key> conversation = conversation(route, call, asked);
    Ranking ranking = rank(route, asked.at(conversation.flatMap(affinity::find)));
    if (call.request().isTokenCount()) {
      return ranking;
    }
    List<Hold> learning = new ArrayList<>(0);
    conversation.ifPresent(key -> learning.add(affinity.watch(key, call)));
    ranking.drawn().ifPresent(drawn -> learning.add(bandits.rewardHold(drawn, call, stats)));
    call.lifecycle().holdForPlan(learning);
    if (ranking.draw().isPresent()) {
      ranking.drawn().ifPresent(Drawn::follow);
    }
    return ranking;
  }

  private Optional<Key> conversation(ModelRoute route, Call call, RoutingRequest asked) {
    return route.targets().size() < 2 ? Optional.empty() : affinity.key(call, asked);
  }

  private static List<Target> fitting(
      List<Target> targets, Requirements requirements, List<LeftOut> leftOut) {
    if (requirements.isEmpty()) {
      return targets;
    }
    List<Target> fitting = new ArrayList<>(targets.size());
    for (Target target : targets) {
      if (fits(target.candidate(), requirements, leftOut)) {
        fitting.add(target);
      }
    }
    return fitting;
  }

  private static boolean fits(
      Candidate candidate, Requirements requirements, List<LeftOut> leftOut) {
    Optional<String> why = requirements.refused(candidate);
    why.ifPresent(reason -> leftOut.add(new LeftOut(candidate, reason)));
    return why.isEmpty();
  }

  /** Those that are known to lack something come last. */
  private static void addInOrder(
      List<Scored> scored, Requirements requirements, List<Ranked> order) {
    List<Ranked> lacking = new ArrayList<>(0);
    for (Scored one : scored) {
      Candidate candidate = one.target().candidate();
      Optional<String> lacks = requirements.lacking(candidate);
      (lacks.isPresent() ? lacking : order)
          .add(new Ranked(candidate, one.score(), lacks.orElse(one.remark())));
    }
    order.addAll(lacking);
  }

  /** Fallbacks too are tried by what the quality target says of them. */
  private static void sort(List<Ranked> order, Requirements requirements) {
    List<Placed> placed = new ArrayList<>(order.size());
    for (Ranked one : order) {
      Candidate candidate = one.candidate();
      Ranked ranked =
          one.remark().isEmpty()
              ? new Ranked(candidate, one.score(), requirements.lacking(candidate).orElse(""))
              : one;
      placed.add(new Placed(ranked, requirements.place(candidate)));
    }
    placed.sort(
        Comparator.comparingInt((Placed one) -> one.place().tier())
            .thenComparingDouble(one -> -one.place().quality()));
    order.clear();
    placed.forEach(one -> order.add(one.ranked()));
  }

  private record Placed(Ranked ranked, Place place) {}

  /**
   * Draws among the targets that are not known to lack something, if a bandit decides. An attempt
   * at an open circuit breaker has no reward, so its target is drawn again when the breaker lets a
   * probe through.
   */
  private Optional<Drawn> drawn(
      String rule, List<Target> targets, Requirements requirements, RoutingRequest request) {
    if (!rule.equals(Strategy.BANDIT.label())) {
      return Optional.empty();
    }
    List<Target> able = new ArrayList<>(targets.size());
    List<Target> stopped = new ArrayList<>(0);
    List<Target> lacking = new ArrayList<>(0);
    Map<Candidate, String> why = new HashMap<>(0);
    for (Target target : targets) {
      Optional<String> lacks = requirements.lacking(target.candidate());
      if (lacks.isPresent()) {
        lacking.add(target);
        why.put(target.candidate(), lacks.get());
      } else {
        (stats.isStopped(target.candidate()) ? stopped : able).add(target);
      }
    }
    List<Target> open = able.isEmpty() ? stopped.isEmpty() ? lacking : stopped : able;
    Drawn drawn = bandits.draw(open, scores.costs(open, request), request);
    if (open != stopped) {
      stopped.forEach(
          target -> drawn.order().add(new Ranked(target.candidate(), Double.NaN, Ranking.STOPPED)));
    }
    if (open == lacking) {
      drawn.order().replaceAll(one -> one.because(requireNonNull(why.get(one.candidate()))));
    } else {
      for (Target target : lacking) {
        Candidate candidate = target.candidate();
        drawn.order().add(new Ranked(candidate, Double.NaN, requireNonNull(why.get(candidate))));
      }
    }
    return Optional.of(drawn);
  }

  /**
   * Puts the candidate first that has the conversation in its prompt cache, if that is cheaper or
   * faster.
   */
  private void stay(Pin pin, String rule, RoutingRequest request, List<Ranked> order) {
    for (int place = 0; place < order.size(); place++) {
      Ranked ranked = order.get(place);
      if (ranked.candidate().equals(pin.candidate())) {
        if (pays(ranked, order.getFirst(), rule, request)) {
          order.remove(place);
          order.addFirst(new Ranked(ranked.candidate(), ranked.score(), Ranking.WARM));
        }
        return;
      }
    }
  }

  private boolean pays(Ranked warm, Ranked best, String rule, RoutingRequest request) {
    if (!warm.remark().isEmpty()
        || rule.equals(Strategy.COST_AWARE.label()) // its place counts the cache already
        || rule.equals(Strategy.PRIORITY.label()) && warm.score() > best.score()) {
      return false;
    }
    return stats
        .of(warm.candidate())
        .isStillGoodBeside(stats.of(best.candidate()), request.outputTokens(), stats.nanos());
  }

  /**
   * What orders the targets: what the request says, else its tenant, its alias, or the settings. Of
   * those that meet a quality target the cheapest comes first.
   */
  private String rule(ModelRoute route, RoutingRequest request) {
    Preferred preferred = request.criteria().preferred();
    if (preferred.strategy().isPresent()) {
      return preferred.strategy().get().label();
    }
    if (preferred.equals(Preferred.NOTHING)
        && !request.criteria().target().equals(QualityTarget.NONE)) {
      return Strategy.COST_AWARE.label();
    }
    return preferred.equals(Preferred.NOTHING)
        ? catalogue.strategy(request.tenant(), route).label()
        : Decision.PREFERENCES;
  }

  private Source source(ModelRoute route, RoutingRequest request) {
    return request.criteria().preferred().equals(Preferred.NOTHING)
            && request.criteria().target().equals(QualityTarget.NONE)
        ? catalogue.strategySource(request.tenant(), route)
        : Source.REQUEST;
  }

  private Ordering ordering(String rule, Requirements requirements, boolean takesTurn) {
    if (!takesTurn && rule.equals(Strategy.ROUND_ROBIN.label())) {
      return turns::next;
    }
    return requireNonNull(orderings.get(rule), rule).apply(requirements);
  }

  private static CallerProblem unmet(String model, List<LeftOut> leftOut) {
    String why =
        leftOut.stream()
            .limit(MAX_NAMED)
            .map(
                one ->
                    one.candidate().provider() + "/" + one.candidate().model() + ": " + one.why())
            .collect(Collectors.joining("; "));
    return new CallerProblem(
        400,
        "no_models_available",
        "No candidate of the model '" + model + "' has what the request requires: " + why + ".",
        Optional.of("model"));
  }
}
