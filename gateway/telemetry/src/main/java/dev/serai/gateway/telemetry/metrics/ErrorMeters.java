package dev.serai.gateway.telemetry.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts problems by code: as a label of {@code serai.errors}, and as a counter of its own, {@code
 * error.code.CODE}. Codes come from providers too, so their number is bounded: those for which
 * there is no room are counted as {@code other}. Thread-safe.
 */
final class ErrorMeters {
  private static final int MAX_CODES = 64;
  private static final int MAX_LENGTH = 48;

  private final BoundedMeters<String, ByCode> codes;
  private final ByCode other;

  private record ByCode(Counter labelled, Counter own) {
    void increment() {
      labelled.increment();
      own.increment();
    }
  }

  ErrorMeters(MeterRegistry registry) {
    codes = new BoundedMeters<>(MAX_CODES, code -> byCode(code, registry));
    other = byCode(CallMetrics.OTHER, registry);
  }

  void count(String code) {
    ByCode counters = codes.admit(code);
    (counters == null ? other : counters).increment();
  }

  private static ByCode byCode(String code, MeterRegistry registry) {
    String plain = plain(code);
    return new ByCode(
        Counter.builder("serai.errors")
            .description("Problems that callers were shown, by code")
            .tag("code", plain)
            .register(registry),
        Counter.builder("error.code." + plain)
            .description("Problems with this code that callers were shown")
            .register(registry));
  }

  /** The code as a part of a meter name: at most 48 letters, digits and underscores. */
  private static String plain(String code) {
    int end = Math.min(MAX_LENGTH, code.length());
    StringBuilder name = new StringBuilder(end);
    for (int i = 0; i < end; i++) {
      char c = Character.toLowerCase(code.charAt(i));
      boolean allowed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      name.append(allowed ? c : '_');
    }
    return name.toString();
  }
}
