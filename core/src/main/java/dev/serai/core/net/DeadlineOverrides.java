package dev.serai.core.net;

import dev.serai.core.time.DurationFaults;
import java.time.Duration;
import java.util.Optional;

/**
 * Deadlines of a model that replace those of all providers. What is left out is not replaced.
 *
 * @param firstToken time limit from sending the request to the first token, or to the first bytes
 *     of a non-streaming response
 * @param idle time limit between two pieces of a stream
 * @param total time limit from sending the request to the end of the response
 */
public record DeadlineOverrides(
    Optional<Duration> firstToken, Optional<Duration> idle, Optional<Duration> total) {
  /** Replaces nothing. */
  public static final DeadlineOverrides NONE =
      new DeadlineOverrides(Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * @throws IllegalArgumentException if a deadline is not above zero
   */
  public DeadlineOverrides {
    DurationFaults faults = new DurationFaults();
    firstToken.ifPresent(limit -> faults.positive("firstToken", limit));
    idle.ifPresent(limit -> faults.positive("idle", limit));
    total.ifPresent(limit -> faults.positive("total", limit));
    faults.throwIfAny();
  }

  /** Replaces nothing. */
  public static DeadlineOverrides defaults() {
    return NONE;
  }

  /** These deadlines; missing ones come from {@code others}. */
  public DeadlineOverrides or(DeadlineOverrides others) {
    if (equals(NONE) || others.equals(NONE)) {
      return equals(NONE) ? others : this;
    }
    return new DeadlineOverrides(
        firstToken.or(() -> others.firstToken),
        idle.or(() -> others.idle),
        total.or(() -> others.total));
  }

  /**
   * Whether it replaces a deadline.
   *
   * @param deadline its name in the settings
   */
  public boolean replaces(String deadline) {
    return switch (deadline) {
      case "first_token" -> firstToken.isPresent();
      case "idle" -> idle.isPresent();
      case "total" -> total.isPresent();
      default -> false;
    };
  }

  /** The deadlines with these in their place; the same object if nothing is replaced. */
  public Deadlines applyTo(Deadlines all) {
    return equals(NONE)
        ? all
        : new Deadlines(
            all.connect(),
            firstToken.orElse(all.firstToken()),
            idle.orElse(all.idle()),
            all.stall(),
            total.orElse(all.total()));
  }
}
