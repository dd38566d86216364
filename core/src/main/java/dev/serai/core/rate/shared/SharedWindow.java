package dev.serai.core.rate.shared;

import dev.serai.core.hash.Sha256;
import dev.serai.core.rate.RateKey;
import dev.serai.core.rate.RateRule;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What this gateway has taken from a window and not yet reported. Any thread adds; one thread
 * drains.
 */
final class SharedWindow {
  private static final long RETIRED = Long.MIN_VALUE;
  private static final int NAME_LENGTH = 32;

  /**
   * @param day of a window of a day, in days since 1970; zero for others
   */
  record Id(RateKey key, long day) {}

  private final Id id;
  private final String name;
  private final AtomicLong unsent = new AtomicLong();
  private volatile RateRule rule;
  private volatile boolean touched;
  private int idle;
  private double reported;
  private long reportedNanos;
  private boolean wasReported;

  /**
   * @param used what is known to be taken before its first amount is added
   */
  SharedWindow(Id id, RateRule rule, double used) {
    this.id = id;
    this.rule = rule;
    this.reported = used;
    this.name = name(id);
  }

  /** A hash, since names of tenants and users stay here. */
  private static String name(Id id) {
    RateKey key = id.key;
    String text =
        String.join("\n", key.scope().label(), key.window().name(), key.tenant(), key.name());
    String hash = Sha256.hex(text).substring(0, NAME_LENGTH);
    return id.day == 0 ? hash : hash + ":" + id.day;
  }

  /** Adds an amount, or zero to learn what others take. False if the window has retired. */
  boolean add(RateRule now, long amount) {
    rule = now;
    while (true) {
      long before = unsent.get();
      if (before == RETIRED) {
        return false;
      }
      if (amount == 0 || unsent.compareAndSet(before, before + amount)) {
        touched = true;
        return true;
      }
    }
  }

  /** Takes what is not reported. */
  long drain() {
    idle = touched ? 0 : idle + 1;
    touched = false;
    return unsent.getAndSet(0);
  }

  /** Remembers what all gateways have taken. */
  void learn(double taken, long nanos) {
    reported = taken;
    reportedNanos = nanos;
    wasReported = true;
  }

  /**
   * What all gateways have taken as far as they have reported it, without what has refilled.
   *
   * @param refill per microsecond
   */
  double reported(double refill, long nanos) {
    if (!wasReported) {
      learn(reported, nanos);
    }
    return Math.max(0, reported - refill * (nanos - reportedNanos) / 1000.0);
  }

  long unsent() {
    return unsent.get();
  }

  /** Ends it if nothing has happened in so many exchanges. */
  boolean retireIfIdle(int exchanges) {
    return idle >= exchanges && unsent.compareAndSet(0, RETIRED);
  }

  RateRule rule() {
    return rule;
  }

  Id id() {
    return id;
  }

  /** The name of the window among all gateways. */
  String name() {
    return name;
  }
}
