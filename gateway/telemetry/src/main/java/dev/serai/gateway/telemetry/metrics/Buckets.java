package dev.serai.gateway.telemetry.metrics;

import java.time.Duration;

/** Upper bounds of histogram buckets, as the OpenTelemetry GenAI conventions recommend them. */
final class Buckets {
  private Buckets() {}

  /** 1, 4, 16 ... 67108864 tokens. */
  static double[] tokens() {
    double[] bounds = new double[14];
    double bound = 1;
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = bound;
      bound *= 4;
    }
    return bounds;
  }

  /** 0.01, 0.02, 0.04 ... 81.92 seconds. */
  static Duration[] operation() {
    Duration[] bounds = new Duration[14];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = Duration.ofMillis(10L << i);
    }
    return bounds;
  }

  /** 1 ms to 10 s. */
  static Duration[] firstToken() {
    return millis(1, 5, 10, 20, 40, 60, 80, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000);
  }

  /** 10 ms to 2.5 s a token. */
  static Duration[] perToken() {
    return millis(10, 25, 50, 75, 100, 150, 200, 300, 400, 500, 750, 1000, 2500);
  }

  /** 5 ms to 10 s as recommended for HTTP, then up to 2 minutes for long responses of models. */
  static Duration[] http() {
    return millis(
        5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000, 30_000, 60_000,
        120_000);
  }

  /** 1 ms to 15 s: from a read of a local database to the longest wait for a change. */
  static Duration[] memory() {
    return millis(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 15_000);
  }

  private static Duration[] millis(long... values) {
    Duration[] bounds = new Duration[values.length];
    for (int i = 0; i < values.length; i++) {
      bounds[i] = Duration.ofMillis(values[i]);
    }
    return bounds;
  }
}
