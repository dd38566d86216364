package dev.serai.processors.status;

import dev.serai.core.provider.ProviderStatus.Latency;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The latencies of about the last thousand answers: counts in buckets, four to a doubling, which
 * are halved when there are many, so that old answers fade. Safe for use by many threads, without
 * locks; a count that is lost among threads does no harm.
 */
final class Latencies {
  private static final int PER_OCTAVE = 4;
  private static final int BUCKETS = 40 * PER_OCTAVE;
  private static final int MANY = 1024;

  private final AtomicIntegerArray counts = new AtomicIntegerArray(BUCKETS);
  private final AtomicInteger total = new AtomicInteger();

  void record(long nanos) {
    counts.incrementAndGet(bucket(Math.max(1, nanos / 1000)));
    if (total.incrementAndGet() >= MANY) {
      fade();
    }
  }

  private void fade() {
    int left = 0;
    for (int i = 0; i < BUCKETS; i++) {
      int half = counts.get(i) / 2;
      counts.set(i, half);
      left += half;
    }
    total.set(left);
  }

  Optional<Latency> latency() {
    int all = 0;
    for (int i = 0; i < BUCKETS; i++) {
      all += counts.get(i);
    }
    return all == 0 ? Optional.empty() : Optional.of(new Latency(millis(all, 50), millis(all, 95)));
  }

  /** The upper end of the bucket in which that share of the answers is reached. */
  private long millis(int all, int percent) {
    long wanted = Math.ceilDiv((long) all * percent, 100L);
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
      seen += counts.get(i);
      if (seen >= wanted) {
        return Math.ceilDiv(upperMicros(i), 1000L);
      }
    }
    return Math.ceilDiv(upperMicros(BUCKETS - 1), 1000L);
  }

  private static int bucket(long micros) {
    int octave = 63 - Long.numberOfLeadingZeros(micros);
    int part = octave < 2 ? 0 : (int) (micros >>> (octave - 2)) & (PER_OCTAVE - 1);
    return Math.min(octave * PER_OCTAVE + part, BUCKETS - 1);
  }

  private static long upperMicros(int bucket) {
    long octave = 1L << (bucket / PER_OCTAVE);
    return octave + octave * (bucket % PER_OCTAVE + 1) / PER_OCTAVE;
  }
}
