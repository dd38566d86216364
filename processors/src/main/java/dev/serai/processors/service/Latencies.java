package dev.serai.processors.service;

import dev.serai.core.provider.ProviderStatus.Latency;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.AtomicHistogram;

/**
 * Remembers the latencies of the last 512 to 1024 responses of a provider, to within 10 %. A window
 * of two histograms: the current one takes values, and when it is full it replaces the previous
 * one. Thread-safe, without locks; takes about 8 KB.
 */
final class Latencies {
  private static final long MAX_MICROS = TimeUnit.HOURS.toMicros(1);
  private static final int MAX_COUNT = 512;
  private static final int DIGITS = 1;

  private record Window(AtomicHistogram previous, AtomicHistogram current) {}

  private final AtomicReference<Window> window =
      new AtomicReference<>(new Window(histogram(), histogram()));

  /** Adds a latency; above an hour it counts as an hour. */
  void record(long nanos) {
    Window now = Objects.requireNonNull(window.get());
    now.current.recordValue(Math.clamp(nanos / 1000, 1, MAX_MICROS));
    if (now.current.getTotalCount() >= MAX_COUNT) {
      window.compareAndSet(now, new Window(now.current, histogram()));
    }
  }

  /** The median and the 95th percentile; empty before the first response. */
  Optional<Latency> latency() {
    Window now = Objects.requireNonNull(window.get());
    AtomicHistogram all = histogram();
    all.add(now.previous);
    all.add(now.current);
    return all.getTotalCount() == 0
        ? Optional.empty()
        : Optional.of(new Latency(millis(all, 50), millis(all, 95)));
  }

  private static long millis(AtomicHistogram all, double percentile) {
    return Math.ceilDiv(all.getValueAtPercentile(percentile), 1000L);
  }

  private static AtomicHistogram histogram() {
    return new AtomicHistogram(MAX_MICROS, DIGITS);
  }
}
