package dev.serai.core.bandit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Runs of a bandit through a world, by seed.
 *
 * @param regret the sum over all rounds
 * @param before the share of the changed model in the thousand rounds before the failure
 * @param after its share in the three hundred rounds that begin twenty rounds after the failure
 */
record WorldRun(double regret, double before, double after) {
  private static final int WAIT = 20;
  private static final int LONG = 300;
  private static final int LONG_BEFORE = 1000;
  private static final InstantSource CLOCK = InstantSource.fixed(java.time.Instant.EPOCH);

  /** Thompson sampling as in the books: one rate for each model, and nothing is forgotten. */
  private static final BanditRules TEXTBOOK =
      new BanditRules(
          BanditAlgorithm.THOMPSON, Duration.ZERO, 1e9, Double.POSITIVE_INFINITY, false);

  static WorldRun textbook(World.Kind kind, int seed) {
    return run(kind, TEXTBOOK, seed, _ -> 0);
  }

  static WorldRun of(World.Kind kind, BanditRules rules, int seed) {
    return run(kind, rules, seed, cluster -> cluster);
  }

  /** The mean over seeds from 0 on, of what {@code one} makes of a seed. */
  static WorldRun mean(int seeds, java.util.function.IntFunction<WorldRun> one) {
    return IntStream.range(0, seeds)
        .parallel()
        .mapToObj(one)
        .reduce(
            new WorldRun(0, 0, 0),
            (a, b) ->
                new WorldRun(
                    a.regret + b.regret / seeds,
                    a.before + b.before / seeds,
                    a.after + b.after / seeds),
            (a, b) -> new WorldRun(a.regret + b.regret, a.before + b.before, a.after + b.after));
  }

  private static WorldRun run(
      World.Kind kind, BanditRules rules, int seed, IntUnaryOperator seenCluster) {
    SplittableRandom tasks = new SplittableRandom(seed);
    SplittableRandom samples = new SplittableRandom(~seed);
    Bandit bandit = new Bandit(rules, () -> samples, CLOCK);
    World world = new World(kind);
    double regret = 0;
    int[] chosen = new int[World.ROUNDS];
    for (int round = 0; round < World.ROUNDS; round++) {
      world.before(round);
      int cluster = tasks.nextInt(World.CLUSTERS);
      BanditContext context = BanditContext.of(seenCluster.applyAsInt(cluster));
      Choice choice = bandit.choose(context, World.MODELS);
      chosen[round] = choice.index();
      regret += world.regret(choice.index(), cluster);
      bandit.learn(context, choice.arm(), world.reward(choice.index(), cluster, tasks));
    }
    int at = World.FAILS_AT;
    return new WorldRun(
        regret,
        share(chosen, at - LONG_BEFORE, at, world.changed()),
        share(chosen, at + WAIT, at + WAIT + LONG, world.changed()));
  }

  private static double share(int[] chosen, int from, int to, int model) {
    return IntStream.range(from, to).filter(i -> chosen[i] == model).count() / (double) (to - from);
  }
}
