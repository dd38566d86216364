package dev.serai.core.rate;

import dev.serai.core.rate.Bucket.Now;
import dev.serai.core.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Counts in the memory of this gateway. A full bucket is as good as none and is dropped, so memory
 * holds those in use only, and never more than a bound. Thread-safe.
 */
public final class LocalRates implements RateStore {
  /** The most windows that are counted at a time: about 20 MB. */
  public static final int MAX_BUCKETS = 100_000;

  private static final int FIRST_SWEEP = 1024;

  /** A try fails only if another thread takes the rest in the meantime. */
  private static final int MAX_TRIES = 64;

  private static final long MILLIS_PER_DAY = Duration.ofDays(1).toMillis();
  private static final RateDecision FULL = new RateDecision.Full();

  private final ConcurrentHashMap<RateKey, Bucket> buckets = new ConcurrentHashMap<>();
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private final Ticker ticker;
  private final InstantSource clock;
  private final int max;
  private volatile long nextSweep = FIRST_SWEEP;
  private volatile long sweptMicros;

  /**
   * @param clock tells the day
   */
  public LocalRates(Ticker ticker, InstantSource clock) {
    this(ticker, clock, MAX_BUCKETS);
  }

  LocalRates(Ticker ticker, InstantSource clock, int max) {
    this.ticker = ticker;
    this.clock = clock;
    this.max = max;
    this.sweptMicros = now().micros();
  }

  @Override
  public RateDecision take(List<RateDemand> demands) {
    Now now = now();
    @Nullable Bucket[] found = new Bucket[demands.size()];
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      RateDecision.Refused refused = find(demands, found, now);
      if (refused != null) {
        return refused;
      }
      int taken = takeEach(demands, found, now);
      if (taken == found.length) {
        return new RateDecision.Taken(now.day());
      }
      giveBack(demands, taken, now);
      if (bucket(demands.get(taken).rule(), now) == null) {
        return FULL;
      }
    }
    return new RateDecision.Refused(demands.getFirst().rule(), Duration.ofMillis(1));
  }

  /** Looks the buckets up; returns the longest wait if one of them refuses. */
  private RateDecision.@Nullable Refused find(
      List<RateDemand> demands, @Nullable Bucket[] found, Now now) {
    RateDecision.Refused longest = null;
    for (int i = 0; i < found.length; i++) {
      RateDemand demand = demands.get(i);
      Bucket bucket = buckets.get(demand.rule().key());
      found[i] = bucket;
      if (bucket != null) {
        Duration wait = bucket.wait(demand.rule().allowance(), demand.amount(), now);
        if (!wait.isZero() && (longest == null || wait.compareTo(longest.delay()) > 0)) {
          longest = new RateDecision.Refused(demand.rule(), wait);
        }
      }
    }
    return longest;
  }

  /** Takes one after the other and returns how many succeeded. */
  private int takeEach(List<RateDemand> demands, @Nullable Bucket[] found, Now now) {
    int taken = 0;
    while (taken < found.length && tryTake(demands.get(taken), found[taken], now)) {
      taken++;
    }
    return taken;
  }

  private boolean tryTake(RateDemand demand, @Nullable Bucket found, Now now) {
    RateRule rule = demand.rule();
    Bucket bucket = found == null ? bucket(rule, now) : found;
    while (bucket != null && !bucket.tryTake(rule.allowance(), demand.amount(), now)) {
      if (!bucket.isRetired()) {
        return false;
      }
      bucket = bucket(rule, now);
    }
    return bucket != null;
  }

  private void giveBack(List<RateDemand> demands, int count, Now now) {
    for (int i = 0; i < count; i++) {
      RateDemand demand = demands.get(i);
      adjust(demand.rule(), -demand.amount(), now);
    }
  }

  @Override
  public void adjust(RateRule rule, long amount, long day) {
    if (amount != 0) {
      Now now = rule.window().isDay() ? now() : ticks();
      if (now.day() == day || !rule.window().isDay()) {
        adjust(rule, amount, now);
      }
    }
  }

  /** The time for windows other than days. */
  private Now ticks() {
    return new Now(ticker.nanos() / 1000, 0, 0);
  }

  private void adjust(RateRule rule, long amount, Now now) {
    Bucket bucket = amount > 0 ? bucket(rule, now) : buckets.get(rule.key());
    while (bucket != null && !bucket.adjust(rule.allowance(), amount, now)) {
      bucket = amount > 0 ? bucket(rule, now) : null;
    }
  }

  @Override
  public List<RateReading> read(List<RateRule> rules) {
    Now now = now();
    List<RateReading> readings = new ArrayList<>(rules.size());
    for (int i = 0; i < rules.size(); i++) {
      readings.add(read(rules.get(i), now));
    }
    return readings;
  }

  /** What is left. */
  public RateReading read(RateRule rule) {
    return read(rule, now());
  }

  private RateReading read(RateRule rule, Now now) {
    Bucket bucket = buckets.get(rule.key());
    return (bucket == null ? new Bucket(rule.window(), now) : bucket).read(rule, now);
  }

  /**
   * How many units of a window are taken.
   *
   * @param day a window of another day has none
   */
  public double used(RateRule rule, long day) {
    Now now = now();
    Bucket bucket = buckets.get(rule.key());
    boolean other = rule.window().isDay() && now.day() != day;
    return bucket == null || other ? 0 : bucket.used(rule.allowance(), now);
  }

  /**
   * Replaces what is taken of a window by what is known from elsewhere.
   *
   * @param day a window of another day does not change
   */
  public void correct(RateRule rule, double units, long day) {
    Now now = now();
    if (rule.window().isDay() && now.day() != day) {
      return;
    }
    Bucket bucket = units > 0 ? bucket(rule, now) : buckets.get(rule.key());
    while (bucket != null && !bucket.correct(rule.allowance(), units, now)) {
      bucket = units > 0 ? bucket(rule, now) : null;
    }
  }

  /** The day in UTC, in days since 1970. */
  public long day() {
    return now().day();
  }

  /** How many windows are counted. */
  public int size() {
    return buckets.size();
  }

  /** The bucket of a rule; null if there is no room for another. */
  private @Nullable Bucket bucket(RateRule rule, Now now) {
    Bucket found = buckets.get(rule.key());
    if (found != null && !found.isRetired()) {
      return found;
    }
    if (found != null) {
      buckets.remove(rule.key(), found);
    }
    long size = buckets.mappingCount();
    if (size >= nextSweep || size >= max) {
      sweep(now);
    }
    return buckets.mappingCount() >= max
        ? null
        : buckets.computeIfAbsent(rule.key(), key -> new Bucket(key.window(), now));
  }

  /** Drops the full ones; at most once a second while there is no room. */
  private void sweep(Now now) {
    boolean due = nextSweep < max || now.micros() - sweptMicros >= 1_000_000;
    if (!due || !sweeping.compareAndSet(false, true)) {
      return;
    }
    try {
      sweptMicros = now.micros();
      buckets.forEach(
          (key, bucket) -> {
            if (bucket.retireIfFull(now)) {
              buckets.remove(key, bucket);
            }
          });
      nextSweep = Math.min(max, Math.max(FIRST_SWEEP, 2 * buckets.mappingCount()));
    } finally {
      sweeping.set(false);
    }
  }

  private Now now() {
    long millis = clock.millis();
    long day = Math.floorDiv(millis, MILLIS_PER_DAY);
    return new Now(ticker.nanos() / 1000, day, Math.floorMod(millis, MILLIS_PER_DAY) * 1000);
  }
}
