package dev.serai.core.bandit;

import java.util.List;
import java.util.random.RandomGenerator;

/** What a choice is made from: the options, what is known of each, and which are suspended. */
final class ChoiceInput {
  private static final double MAX_PROBES = 1.0 / 16;

  private final BanditContext context;
  private final List<Option> options;
  private final Evidence[] evidence;
  private final RandomGenerator random;
  private final int suspended;

  /**
   * @param evidence of each option, in their order
   * @param random only its bits are used, see {@link Bits}
   */
  ChoiceInput(
      BanditContext context, List<Option> options, Evidence[] evidence, RandomGenerator random) {
    this.context = context;
    this.options = options;
    this.evidence = evidence;
    this.random = new Bits(random);
    int count = 0;
    for (Evidence each : evidence) {
      count += each.detector().isSuspended() ? 1 : 0;
    }
    this.suspended = count < evidence.length ? count : 0;
  }

  int size() {
    return evidence.length;
  }

  BanditContext context() {
    return context;
  }

  Option option(int index) {
    return options.get(index);
  }

  Evidence evidence(int index) {
    return evidence[index];
  }

  RandomGenerator random() {
    return random;
  }

  /**
   * The bits of a generator. The interface makes normal variates of them in a tenth of the time
   * that the JDK's generator of each thread takes with its own method.
   */
  private record Bits(RandomGenerator source) implements RandomGenerator {
    @Override
    public long nextLong() {
      return source.nextLong();
    }
  }

  /** Whether an option may only be probed; if all failed, each is as good as any. */
  boolean isSuspended(int index) {
    return suspended > 0 && evidence[index].detector().isSuspended();
  }

  /** The probability that an option is probed because it is suspended. */
  double probeShare(int index) {
    if (!isSuspended(index)) {
      return 0;
    }
    double share = evidence[index].detector().probeShare();
    return share * Math.min(1, MAX_PROBES / sumOfShares());
  }

  /** The probability that any option is probed. */
  double probeShare() {
    return suspended == 0 ? 0 : Math.min(MAX_PROBES, sumOfShares());
  }

  private double sumOfShares() {
    double sum = 0;
    for (int i = 0; i < evidence.length; i++) {
      sum += isSuspended(i) ? evidence[i].detector().probeShare() : 0;
    }
    return sum;
  }

  /** The option to probe now, or -1 if none is. */
  int probed() {
    if (suspended == 0) {
      return -1;
    }
    double draw = random.nextDouble();
    for (int i = 0; i < evidence.length; i++) {
      draw -= probeShare(i);
      if (draw < 0) {
        return i;
      }
    }
    return -1;
  }
}
