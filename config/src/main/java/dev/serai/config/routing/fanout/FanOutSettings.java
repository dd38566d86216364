package dev.serai.config.routing.fanout;

import dev.serai.config.annotation.Range;
import dev.serai.core.fanout.Aggregation;
import dev.serai.core.fanout.FanOutRules;
import dev.serai.core.fanout.FanOutRules.Choice;
import dev.serai.core.time.DurationFaults;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the calls of an alias are asked of several of its models at once, and how one response is
 * made of theirs.
 *
 * @param aggregate first_win takes the first response, consensus one that most agree with,
 *     weighted_merge merges JSON by the weights of the targets, best_by_judge takes the one that a
 *     model scores highest; if left out, one model is asked after the other
 * @param width how many models are asked at once, the first ones of the plan
 * @param minResponses how many have to respond; with first_win one is enough
 * @param deadline after this time the responses that are there are used; 0s for no deadline
 * @param route the route that asks them: fan-out, or a copy of it in a file of your own
 * @param judge the model that scores the responses; only with best_by_judge
 */
public record FanOutSettings(
    Optional<Aggregation> aggregate,
    @Range(min = 2, max = FanOutRules.MAX_WIDTH) int width,
    @Range(min = 1, max = FanOutRules.MAX_WIDTH) int minResponses,
    Duration deadline,
    String route,
    Optional<String> judge) {
  private static final int DEFAULT_WIDTH = 3;
  private static final Duration MAX_DEADLINE = Duration.ofHours(1);

  /**
   * @throws IllegalArgumentException if more responses are needed than models are asked, the
   *     deadline is negative or above an hour, or the route has no name that a route can have
   */
  public FanOutSettings {
    new DurationFaults()
        .within("deadline", deadline, Duration.ZERO, MAX_DEADLINE)
        .refuseIf(minResponses > width, "minResponses must not be above width, " + width)
        .refuseIf(
            !route.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,63}"),
            "route must be the name of a route, as in direct:NAME: letters, digits, _ and -")
        .throwIfAny();
  }

  /** One model is asked after the other. */
  public static FanOutSettings defaults() {
    return new FanOutSettings(
        Optional.empty(),
        DEFAULT_WIDTH,
        1,
        Duration.ZERO,
        FanOutRules.OFF.route(),
        Optional.empty());
  }

  /**
   * The same as rules.
   *
   * @param weights of the targets of the alias, by {@code provider/model}
   */
  public FanOutRules rules(Map<String, Integer> weights) {
    if (aggregate.isEmpty()) {
      return FanOutRules.OFF;
    }
    Choice choice = new Choice(judge.orElse(""), weights);
    return new FanOutRules(aggregate, width, minResponses, deadline, route, choice);
  }
}
