package dev.serai.core.fair;

import dev.serai.core.fair.rules.WindowRules;

/**
 * How many attempts may run at once at a provider's model. It grows while the provider serves what
 * fills it, and shrinks when the provider has no capacity (additive increase, multiplicative
 * decrease).
 *
 * <p>It begins with fast growth, until the first overload. From then on there is a ceiling, just
 * below the size that was too much. Growth up to it is one for each round of replies. Beyond it the
 * window probes: one more after {@value #PROBE_AFTER} successes or a pause, then two, four and so
 * on; so overload stays rare however small the capacity is. A second overload within a round means
 * that the capacity has fallen: then the window shrinks by a fifth. Attempts that were sent before
 * a decrease do not decrease it again. Not thread-safe.
 */
final class AimdWindow {
  private static final int PROBE_AFTER = 200;
  private static final long FIRST_PAUSE = 10_000_000_000L;
  private static final long MAX_PAUSE = 300_000_000_000L;
  private static final double FAST_GROWTH = 0.25;
  private static final double DECREASE = 0.8;
  private static final double SLOW_DECREASE = 0.95;
  private static final double SMOOTHING = 1.0 / 16;

  /** A lasting change of the latency becomes the new normal after some hundred replies. */
  private static final double DRIFT = 1.001;

  private double size;
  private double ceiling = Double.MAX_VALUE;
  private double step = 1;
  private long pause = FIRST_PAUSE;
  private long changedNanos;
  private long cutNanos;
  private boolean cut;
  private int sinceCut;
  private int sinceChange;
  private double latency;
  private double lowest = Double.MAX_VALUE;
  private int sinceSlow;

  AimdWindow(WindowRules rules) {
    size = rules.first();
  }

  /** The present size. */
  int limit(WindowRules rules) {
    return (int) Math.clamp(size, rules.min(), rules.max());
  }

  /** An attempt was served that filled the window, or one that did not. */
  void succeeded(WindowRules rules, boolean filled, long now) {
    sinceCut++;
    sinceChange++;
    if (!filled || isSlow(rules)) {
      return;
    }
    if (size < ceiling) {
      double growth = ceiling == Double.MAX_VALUE ? FAST_GROWTH : 1 / size;
      size = Math.min(Math.min(size + growth, ceiling), rules.max());
    } else if (sinceChange >= PROBE_AFTER || now - changedNanos >= pause) {
      probe(rules, now);
    }
  }

  private void probe(WindowRules rules, long now) {
    ceiling = Math.min(size + step, rules.max());
    size = ceiling;
    pause = step > 1 ? FIRST_PAUSE : pause;
    step *= 2;
    sinceChange = 0;
    changedNanos = now;
  }

  /** The provider had no capacity for an attempt that was sent at a time. */
  void overloaded(WindowRules rules, long sent, long now) {
    if (cut && sent - cutNanos <= 0) {
      return;
    }
    int failed = limit(rules);
    boolean again = cut && sinceCut < failed;
    ceiling = Math.max(rules.min(), failed - Math.max(1, failed / 32));
    size = again ? Math.max(rules.min(), failed * DECREASE) : ceiling;
    pause = step == 2 ? Math.min(2 * pause, MAX_PAUSE) : pause;
    step = 1;
    sinceCut = 0;
    sinceChange = 0;
    cut = true;
    cutNanos = now;
    changedNanos = now;
  }

  /** The first token came after so long. */
  void measured(WindowRules rules, long nanos) {
    latency = latency == 0 ? nanos : latency + SMOOTHING * (nanos - latency);
    lowest = Math.min(lowest * DRIFT, latency);
    sinceSlow++;
    if (isSlow(rules) && sinceSlow >= size) {
      size = Math.max(rules.min(), size * SLOW_DECREASE);
      sinceSlow = 0;
    }
  }

  private boolean isSlow(WindowRules rules) {
    return rules.latencyTolerance() > 0 && latency > rules.latencyTolerance() * lowest;
  }
}
