package dev.serai.core.bandit;

import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Measures what a choice, a propensity and a reward cost, for few and many options. Half of the
 * calls were learned in one cluster, so that arms differ in what is known of them. A program, not a
 * test.
 */
public final class CostOfBandits {
  private static final int ROUNDS = 60;
  private static final int ROUND = 1_000;
  private static double sink;

  private CostOfBandits() {}

  public static void main(String[] arguments) {
    for (BanditAlgorithm algorithm : BanditAlgorithm.values()) {
      for (int options : new int[] {3, 13, 200}) {
        measure(algorithm, options);
      }
    }
    System.out.println(sink > 0 ? "" : "nothing was chosen");
  }

  private static void measure(BanditAlgorithm algorithm, int size) {
    Bandit bandit =
        new Bandit(BanditRules.of(algorithm), ThreadLocalRandom::current, InstantSource.system());
    List<Option> options = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      options.add(new Option("provider/model-" + i, 0.1 * i / size, 0.01));
    }
    double choose = Double.MAX_VALUE;
    double propensity = Double.MAX_VALUE;
    double reward = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      choose = Math.min(choose, time(() -> sink += bandit.choose(context(), options).score(0)));
      Choice choice = bandit.choose(context(), options);
      propensity = Math.min(propensity, time(() -> sink += choice.propensity()));
      reward = Math.min(reward, time(() -> learn(bandit, options)));
    }
    System.out.printf(
        "%-8s %3d options: a choice takes %.2f µs, its propensity %.2f µs, a reward %.2f µs%n",
        algorithm.text(), size, choose, propensity, reward);
  }

  private static void learn(Bandit bandit, List<Option> options) {
    int arm = ThreadLocalRandom.current().nextInt(options.size());
    double rate = 0.5 + 0.4 * arm / options.size();
    double reward = ThreadLocalRandom.current().nextDouble() < rate ? 1 : 0;
    bandit.learn(context(), options.get(arm).arm(), reward);
  }

  private static BanditContext context() {
    int draw = ThreadLocalRandom.current().nextInt(20);
    return BanditContext.of(Math.max(0, draw - 10));
  }

  /** Microseconds of CPU time. */
  private static double time(Runnable work) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int i = 0; i < ROUND; i++) {
      work.run();
    }
    long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    return (end - start) / 1e3 / ROUND;
  }
}
