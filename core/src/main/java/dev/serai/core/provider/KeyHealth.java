package dev.serai.core.provider;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one key. A value: every change makes another, and time is an argument, in
 * nanoseconds as a {@link dev.serai.core.time.Ticker} counts them.
 *
 * <p>A key <em>rests</em> after a 429 until the provider wants to be asked again: others are
 * preferred meanwhile. It is <em>parked</em> after 401 and 402, and after 403 for the model that
 * was asked for: it is not used, until a call probes whether it is well again. Each refusal in a
 * row doubles the time to the next probe, from ten seconds to ten minutes.
 *
 * @param rest until when it rests
 * @param park for every model
 * @param models parked for these only
 */
public record KeyHealth(Optional<Long> rest, Optional<Park> park, Map<String, Park> models) {
  /** Nothing is known against it. */
  public static final KeyHealth WELL = new KeyHealth(Optional.empty(), Optional.empty(), Map.of());

  /** A rest if the provider names none. */
  static final Duration USUAL_REST = Duration.ofSeconds(5);

  private static final Duration LONGEST_REST = Duration.ofDays(1);

  /** Callers choose models, so what is remembered of them is bounded. */
  private static final int MOST_MODELS = 16;

  public KeyHealth {
    models = Map.copyOf(models);
  }

  /** Whether it may be used now. */
  public enum State {
    HEALTHY,
    RESTING,
    PARKED
  }

  /**
   * A key that is left alone.
   *
   * @param untilNanos when a call may probe it
   * @param refusals in a row
   */
  public record Park(long untilNanos, int refusals) {
    static final Duration FIRST = Duration.ofSeconds(10);
    static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MOST_DOUBLINGS = 16;

    static Park after(Optional<Park> before, long now) {
      int refusals = before.map(Park::refusals).orElse(0) + 1;
      return new Park(now + time(refusals), refusals);
    }

    /** While one call probes, others leave it alone. */
    Park probed(long now) {
      return new Park(now + time(refusals), refusals);
    }

    boolean isDue(long now) {
      return untilNanos - now <= 0;
    }

    private static long time(int refusals) {
      Duration doubled = FIRST.multipliedBy(1L << Math.min(refusals - 1, MOST_DOUBLINGS));
      return (doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST).toNanos();
    }
  }

  /** The provider's limit has been reached. */
  KeyHealth limited(long now, Optional<Duration> retryAfter) {
    Duration wait = retryAfter.orElse(USUAL_REST);
    Duration bounded = wait.compareTo(LONGEST_REST) < 0 ? wait : LONGEST_REST;
    return new KeyHealth(Optional.of(now + bounded.toNanos()), park, models);
  }

  /** The provider does not take the key. */
  KeyHealth refused(long now) {
    return new KeyHealth(rest, Optional.of(Park.after(park, now)), models);
  }

  /** The provider does not let the key use this model. */
  KeyHealth refused(long now, String model) {
    Map<String, Park> more = new LinkedHashMap<>(models);
    if (more.size() >= MOST_MODELS && !more.containsKey(model)) {
      more.remove(more.keySet().iterator().next());
    }
    more.put(model, Park.after(Optional.ofNullable(models.get(model)), now));
    return new KeyHealth(rest, park, more);
  }

  /** The provider has answered. */
  KeyHealth worked(long now, String model) {
    boolean resting = rest.isPresent() && rest.get() - now > 0;
    if (!resting && rest.isEmpty() && park.isEmpty() && !models.containsKey(model)) {
      return this;
    }
    Map<String, Park> fewer = new LinkedHashMap<>(models);
    fewer.remove(model);
    return new KeyHealth(resting ? rest : Optional.empty(), Optional.empty(), fewer);
  }

  /** A call probes it: no other does before the same time has passed again. */
  KeyHealth probed(long now, String model) {
    Map<String, Park> same = new LinkedHashMap<>(models);
    same.computeIfPresent(model, (name, parked) -> parked.probed(now));
    return new KeyHealth(rest, park.map(parked -> parked.probed(now)), same);
  }

  /** How it stands for one model; a key whose probe is due is not parked. */
  State stateFor(String model, long now) {
    if (leftAlone(park, now) || leftAlone(Optional.ofNullable(models.get(model)), now)) {
      return State.PARKED;
    }
    return rest.isPresent() && rest.get() - now > 0 ? State.RESTING : State.HEALTHY;
  }

  /** Whether a use for that model is a probe. */
  boolean isProbe(String model) {
    return park.isPresent() || models.containsKey(model);
  }

  /** How it stands, whatever the model: parked until a probe has succeeded. */
  public State state(long now) {
    if (park.isPresent()) {
      return State.PARKED;
    }
    return rest.isPresent() && rest.get() - now > 0 ? State.RESTING : State.HEALTHY;
  }

  /** Nanoseconds until it may be used for the model; 0 if it may be now. */
  long waitFor(String model, long now) {
    Park ofModel = models.get(model);
    long whole = park.map(parked -> parked.untilNanos() - now).orElse(0L);
    long one = ofModel == null ? 0 : ofModel.untilNanos() - now;
    return Math.max(0, Math.max(whole, one));
  }

  /** Nanoseconds until the rest or the park is over; 0 if there is neither. */
  public long remaining(long now) {
    long parked = park.map(p -> p.untilNanos() - now).orElse(0L);
    long resting = rest.map(until -> until - now).orElse(0L);
    return Math.max(0, Math.max(parked, resting));
  }

  private static boolean leftAlone(Optional<Park> parked, long now) {
    return parked.isPresent() && !parked.get().isDue(now);
  }
}
