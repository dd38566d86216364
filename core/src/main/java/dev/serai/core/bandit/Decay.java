package dev.serai.core.bandit;

import java.time.Duration;

/** How evidence ages with time: in steps of a sixteenth of the half-life. */
record Decay(long stepMillis) {
  static final int STEPS = 16;

  static Decay of(Duration halfLife) {
    return new Decay(halfLife.toMillis() / STEPS);
  }

  /** The number of the present step; always 0 if evidence does not age. */
  long step(long nowMillis) {
    return stepMillis == 0 ? 0 : nowMillis / stepMillis;
  }

  /** What evidence of an earlier step counts. */
  static double factor(long steps) {
    return steps <= 0 ? 1 : Math.pow(0.5, steps / (double) STEPS);
  }
}
