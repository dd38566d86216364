package dev.serai.core.bandit;

import dev.serai.core.limit.DailySpend;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Chooses among arms, such as the models of an alias, and learns from the rewards. An arm is there
 * from its first reward on; with more than {@value #MAX_ARMS} the one with the fewest trials is
 * forgotten. What is known of an arm is an immutable {@link Evidence}, replaced by compare-and-set,
 * so that nothing waits. Thread-safe.
 *
 * <p>An arm that fails again and again is suspended within a few calls, whatever was known of it,
 * and probed now and then: see {@link FailureDetector}.
 */
public final class Bandit {
  /** The most arms that are known at a time, and so the most targets of an alias. */
  public static final int MAX_ARMS = 1000;

  private record Active(BanditRules rules, Policy policy, Decay decay) {
    static Active of(BanditRules rules) {
      return new Active(rules, Policy.of(rules.algorithm()), Decay.of(rules.halfLife()));
    }
  }

  private final ConcurrentMap<String, AtomicReference<Evidence>> arms = new ConcurrentHashMap<>();
  private final DailySpend budget = new DailySpend();
  private final Supplier<? extends RandomGenerator> random;
  private final InstantSource clock;
  private volatile Active active;

  /**
   * @param random for samples, asked on each choice, so that threads may have their own
   * @param clock for the age of what is known, and for the day of the exploration budget
   */
  public Bandit(
      BanditRules rules, Supplier<? extends RandomGenerator> random, InstantSource clock) {
    this.random = random;
    this.clock = clock;
    this.active = Active.of(rules);
  }

  public BanditRules rules() {
    return active.rules();
  }

  /** Changes the rules; what is known stays. */
  public void apply(BanditRules rules) {
    Active next = Active.of(rules);
    long step = next.decay().step(clock.millis());
    active = next;
    arms.values().forEach(arm -> arm.updateAndGet(known -> known.under(next.policy(), step)));
  }

  /**
   * Chooses one of the options.
   *
   * @throws IllegalArgumentException if there is no option
   */
  public Choice choose(BanditContext context, List<Option> options) {
    if (options.isEmpty()) {
      throw new IllegalArgumentException("a choice needs at least one option");
    }
    Active now = active;
    long millis = clock.millis();
    Evidence[] evidence = new Evidence[options.size()];
    long step = now.decay().step(millis);
    for (int i = 0; i < evidence.length; i++) {
      evidence[i] = known(options.get(i).arm(), step, now.policy());
    }
    ChoiceInput input = new ChoiceInput(context, options, evidence, random.get());
    boolean greedy = budget.today(millis) >= now.rules().explorationUsdPerDay();
    Choice choice = now.policy().choose(input, greedy);
    int probed = input.probed();
    return probed < 0 ? choice : choice.probing(probed);
  }

  /**
   * The call of a choice is made: if it explores, its cost counts in the exploration budget. A
   * choice that is only shown, or not followed, costs nothing.
   */
  public void follow(Choice choice) {
    if (choice.role() == Choice.Role.EXPLORE) {
      budget.spend(choice.costUsd(), clock.millis());
    }
  }

  private Evidence known(String name, long step, Policy policy) {
    AtomicReference<Evidence> arm = arms.get(name);
    if (arm == null) {
      return Evidence.NONE;
    }
    Evidence known = evidence(arm);
    if (step <= known.step()) {
      return known;
    }
    Evidence aged = known.at(step, policy);
    arm.compareAndSet(known, aged);
    return aged;
  }

  /**
   * The mean reward of an arm in a cluster, between 0 and 1, without the penalty of an option.
   *
   * @param cluster its number
   * @return empty with fewer trials there than that
   */
  public OptionalDouble mean(String arm, int cluster, double minTrials) {
    Active now = active;
    double[] sums = known(arm, now.decay().step(clock.millis()), now.policy()).sums();
    double trials = Sums.trials(sums, cluster);
    return trials < Math.max(minTrials, Double.MIN_NORMAL)
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.clamp(Sums.rewards(sums, cluster) / trials, 0, 1));
  }

  private static Evidence evidence(AtomicReference<Evidence> arm) {
    return Objects.requireNonNull(arm.get());
  }

  /**
   * Learns what a choice was worth.
   *
   * @param context the one that the arm was chosen in
   * @param reward between 0 and 1, without the penalty of the option, as {@link
   *     RewardRules#learned} has it; 0 is a failure
   * @throws IllegalArgumentException if the reward is out of its range
   */
  public void learn(BanditContext context, String arm, double reward) {
    if (!(reward >= 0 && reward <= 1)) {
      throw new IllegalArgumentException("a reward is between 0 and 1, not " + reward);
    }
    learn(arm, Sums.ofTrial(context, reward, active.policy().isLinear()));
  }

  /**
   * Changes the reward of a choice that was learned before, since more is known of it now.
   *
   * @param change what to add to the reward, between -1 and 1
   * @throws IllegalArgumentException if the change is out of its range
   */
  public void revise(BanditContext context, String arm, double change) {
    if (!(change >= -1 && change <= 1)) {
      throw new IllegalArgumentException("a change is between -1 and 1, not " + change);
    }
    learn(arm, Sums.ofChange(context, change, active.policy().isLinear()));
  }

  private void learn(String arm, double[] more) {
    Active now = active;
    update(arm, known -> known.learned(more, now.policy(), now.rules()));
  }

  private void update(String name, UnaryOperator<Evidence> change) {
    Active now = active;
    long step = now.decay().step(clock.millis());
    AtomicReference<Evidence> arm = arms.get(name);
    if (arm == null) {
      Option.checkName(name);
      makeRoom();
      arm = arms.computeIfAbsent(name, _ -> new AtomicReference<>(Evidence.NONE));
    }
    arm.updateAndGet(known -> change.apply(known.at(step, now.policy())));
  }

  private void makeRoom() {
    if (arms.size() >= MAX_ARMS) {
      String least = "";
      double fewest = Double.POSITIVE_INFINITY;
      for (Map.Entry<String, AtomicReference<Evidence>> each : arms.entrySet()) {
        double trials = evidence(each.getValue()).trials();
        if (trials < fewest) {
          fewest = trials;
          least = each.getKey();
        }
      }
      arms.remove(least);
    }
  }

  /** All that is known now, to be stored, and to be given to {@link #add} after a restart. */
  public BanditState state() {
    Active now = active;
    long step = now.decay().step(clock.millis());
    Map<String, double[]> sums = new HashMap<>();
    arms.forEach((name, arm) -> sums.put(name, evidence(arm).at(step, now.policy()).sums()));
    return new BanditState(sums);
  }

  /**
   * What was learned here since this was last called, for other gateways to {@link #add}. The
   * caller keeps it until it is stored.
   */
  public BanditState takeUnshared() {
    Map<String, double[]> sums = new HashMap<>();
    arms.forEach(
        (name, arm) -> {
          double[] unshared = arm.getAndUpdate(Evidence::shared).unshared();
          if (!Sums.areZero(unshared)) {
            sums.put(name, unshared);
          }
        });
    return new BanditState(sums);
  }

  /**
   * All that is known, and of it what was learned here and is not shared; from now on it counts as
   * shared.
   */
  public record Taken(BanditState all, BanditState unshared) {}

  /** Like {@link #takeUnshared}, with all that is known of each arm at the same moment. */
  public Taken takeAll() {
    Active now = active;
    long step = now.decay().step(clock.millis());
    Map<String, double[]> all = new HashMap<>();
    Map<String, double[]> unshared = new HashMap<>();
    arms.forEach(
        (name, arm) -> {
          Evidence known = arm.getAndUpdate(Evidence::shared);
          all.put(name, known.at(step, now.policy()).sums());
          if (!Sums.areZero(known.unshared())) {
            unshared.put(name, known.unshared());
          }
        });
    return new Taken(new BanditState(all), new BanditState(unshared));
  }

  /** Adds what was stored, or what another gateway has learned. It is not shared again. */
  public void add(BanditState other) {
    Active now = active;
    other
        .sums()
        .forEach(
            (name, sums) -> update(name, known -> known.received(sums, now.policy(), now.rules())));
  }
}
