package dev.serai.config.experiment;

import dev.serai.core.experiment.result.Promotion;
import dev.serai.core.time.DurationFaults;
import java.time.Duration;

/**
 * The challengers of all experiments.
 *
 * @param enabled whether they get calls; while they do not, all calls of an experiment go to its
 *     champion, and none is promoted
 * @param margin by how much the calls of a challenger must be worth more than those of the champion
 *     before it becomes the champion of an experiment that is {@code automatic}
 * @param hold the shortest time between two changes of the champion
 * @param shadow copies of calls
 */
public record ChallengerSettings(
    boolean enabled, double margin, Duration hold, ShadowSettings shadow) {
  private static final double DEFAULT_MARGIN = 0.02;
  private static final Duration DEFAULT_HOLD = Duration.ofHours(1);
  private static final Duration MAX_HOLD = Duration.ofDays(30);

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public ChallengerSettings {
    new DurationFaults()
        .within("hold", hold, Duration.ZERO, MAX_HOLD)
        .refuseIf(!(margin >= 0 && margin < 1), "margin must be at least 0 and below 1")
        .throwIfAny();
  }

  /** Challengers get calls, and are promoted when they are better by 0.02. */
  public static ChallengerSettings defaults() {
    return new ChallengerSettings(true, DEFAULT_MARGIN, DEFAULT_HOLD, ShadowSettings.defaults());
  }

  /** The same as rules. */
  public Promotion.Rules rules() {
    return new Promotion.Rules(margin, hold);
  }
}
