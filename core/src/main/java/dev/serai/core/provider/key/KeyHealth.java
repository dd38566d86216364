package dev.serai.core.provider.key;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The health of one provider key. A value: every change makes another, and time is an argument, in
 * nanoseconds as a {@link dev.serai.core.time.Ticker} counts them.
 *
 * <p>A key is in <em>cooldown</em> after a 429, until the time the provider names: other keys are
 * preferred meanwhile. It is <em>disabled</em> after 401 and 402, and after 403 for the requested
 * model: it is not used until a call probes whether it works again. Each refusal in a row doubles
 * the time to the next probe, from ten seconds to ten minutes.
 *
 * @param cooldownUntil when the cooldown ends
 * @param disabled for every model
 * @param disabledModels disabled for these models only
 */
public record KeyHealth(
    Optional<Long> cooldownUntil,
    Optional<Disablement> disabled,
    Map<String, Disablement> disabledModels) {
  /** No problem is known. */
  public static final KeyHealth HEALTHY =
      new KeyHealth(Optional.empty(), Optional.empty(), Map.of());

  /** The cooldown if the provider names none. */
  static final Duration DEFAULT_COOLDOWN = Duration.ofSeconds(5);

  private static final Duration MAX_COOLDOWN = Duration.ofDays(1);

  /** Callers choose models, so what is remembered of them is bounded. */
  private static final int MAX_MODELS = 16;

  public KeyHealth {
    disabledModels = Map.copyOf(disabledModels);
  }

  /** Whether it may be used now. */
  public enum State {
    HEALTHY,
    COOLDOWN,
    DISABLED
  }

  /**
   * A key, or a key for one model, that is disabled.
   *
   * @param untilNanos when a call may probe it
   * @param refusals in a row
   */
  public record Disablement(long untilNanos, int refusals) {
    static final Duration MIN_TIME = Duration.ofSeconds(10);
    static final Duration MAX_TIME = Duration.ofMinutes(10);
    private static final int MAX_DOUBLINGS = 16;

    static Disablement after(Optional<Disablement> before, long now) {
      int refusals = before.map(Disablement::refusals).orElse(0) + 1;
      return new Disablement(now + time(refusals), refusals);
    }

    /** While one call probes, other calls do not use the key. */
    Disablement whileProbed(long now) {
      return new Disablement(now + time(refusals), refusals);
    }

    boolean isDue(long now) {
      return untilNanos - now <= 0;
    }

    private static long time(int refusals) {
      Duration doubled = MIN_TIME.multipliedBy(1L << Math.min(refusals - 1, MAX_DOUBLINGS));
      return (doubled.compareTo(MAX_TIME) < 0 ? doubled : MAX_TIME).toNanos();
    }
  }

  /** The provider's limit has been reached. */
  KeyHealth afterRateLimit(long now, Optional<Duration> retryAfter) {
    Duration wait = retryAfter.orElse(DEFAULT_COOLDOWN);
    Duration bounded = wait.compareTo(MAX_COOLDOWN) < 0 ? wait : MAX_COOLDOWN;
    return new KeyHealth(Optional.of(now + bounded.toNanos()), disabled, disabledModels);
  }

  /** The provider rejects the key. */
  KeyHealth afterRefusal(long now) {
    return new KeyHealth(
        cooldownUntil, Optional.of(Disablement.after(disabled, now)), disabledModels);
  }

  /** The provider does not let the key use this model. */
  KeyHealth afterRefusal(long now, String model) {
    Map<String, Disablement> more = new LinkedHashMap<>(disabledModels);
    if (more.size() >= MAX_MODELS && !more.containsKey(model)) {
      more.remove(more.keySet().iterator().next());
    }
    more.put(model, Disablement.after(Optional.ofNullable(disabledModels.get(model)), now));
    return new KeyHealth(cooldownUntil, disabled, more);
  }

  /** A call succeeded. */
  KeyHealth afterSuccess(long now, String model) {
    boolean cooling = cooldownUntil.isPresent() && cooldownUntil.get() - now > 0;
    if (!cooling
        && cooldownUntil.isEmpty()
        && disabled.isEmpty()
        && !disabledModels.containsKey(model)) {
      return this;
    }
    Map<String, Disablement> fewer = new LinkedHashMap<>(disabledModels);
    fewer.remove(model);
    return new KeyHealth(cooling ? cooldownUntil : Optional.empty(), Optional.empty(), fewer);
  }

  /** A call probes it: no other does before the same time has passed again. */
  KeyHealth whileProbed(long now, String model) {
    Map<String, Disablement> same = new LinkedHashMap<>(disabledModels);
    same.computeIfPresent(model, (name, disablement) -> disablement.whileProbed(now));
    return new KeyHealth(
        cooldownUntil, disabled.map(disablement -> disablement.whileProbed(now)), same);
  }

  /** Its state for one model; a key whose probe is due is not disabled. */
  State stateFor(String model, long now) {
    if (leftAlone(disabled, now)
        || leftAlone(Optional.ofNullable(disabledModels.get(model)), now)) {
      return State.DISABLED;
    }
    return cooldownUntil.isPresent() && cooldownUntil.get() - now > 0
        ? State.COOLDOWN
        : State.HEALTHY;
  }

  /** Whether a use for that model is a probe. */
  boolean isProbe(String model) {
    return disabled.isPresent() || disabledModels.containsKey(model);
  }

  /** Its state for any model: disabled until a probe succeeds. */
  public State state(long now) {
    if (disabled.isPresent()) {
      return State.DISABLED;
    }
    return cooldownUntil.isPresent() && cooldownUntil.get() - now > 0
        ? State.COOLDOWN
        : State.HEALTHY;
  }

  /** Nanoseconds until it may be used for the model; 0 if it may be now. */
  long waitFor(String model, long now) {
    Disablement ofModel = disabledModels.get(model);
    long whole = disabled.map(disablement -> disablement.untilNanos() - now).orElse(0L);
    long one = ofModel == null ? 0 : ofModel.untilNanos() - now;
    return Math.max(0, Math.max(whole, one));
  }

  /**
   * Nanoseconds until the cooldown ends or a call may probe the disabled key; 0 if it is healthy.
   */
  public long remaining(long now) {
    long disablement = disabled.map(p -> p.untilNanos() - now).orElse(0L);
    long cooling = cooldownUntil.map(until -> until - now).orElse(0L);
    return Math.max(0, Math.max(disablement, cooling));
  }

  private static boolean leftAlone(Optional<Disablement> disablement, long now) {
    return disablement.isPresent() && !disablement.get().isDue(now);
  }
}
