package dev.serai.gateway.telemetry.trace;

import dev.serai.core.http.Headers;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The header that carries the context of a trace between processes (W3C Trace Context, 3.2).
 *
 * @param text well formed, of version 00
 */
record Traceparent(String text) {
  static final String NAME = "traceparent";

  private static final int LENGTH = 55;
  private static final int SPAN_AT = 36;
  private static final int FLAGS_AT = 53;
  private static final HexFormat HEX = HexFormat.of();

  /** The header of a request, if it is well formed. */
  static Optional<Traceparent> of(Headers headers) {
    return headers.first(NAME).filter(Traceparent::isWellFormed).map(Traceparent::new);
  }

  /** A new trace that is not sampled, so that the provider does not sample it either. */
  static Traceparent unsampled(long high, long low, long span) {
    return new Traceparent(
        "00-"
            + HEX.toHexDigits(high)
            + HEX.toHexDigits(low | 1)
            + '-'
            + HEX.toHexDigits(span | 1)
            + "-00");
  }

  boolean sampled() {
    return (HexFormat.fromHexDigit(text.charAt(LENGTH - 1)) & 1) == 1;
  }

  /** The lower 64 bits of the id of the trace. */
  long idBits() {
    return HexFormat.fromHexDigitsToLong(text, SPAN_AT - 17, SPAN_AT - 1);
  }

  /** The same header with the sampled flag cleared. */
  Traceparent notSampled() {
    if (!sampled()) {
      return this;
    }
    int flags = HexFormat.fromHexDigit(text.charAt(LENGTH - 1)) & ~1;
    return new Traceparent(text.substring(0, LENGTH - 1) + HEX.toLowHexDigit(flags));
  }

  private static boolean isWellFormed(String text) {
    if (text.length() != LENGTH || !text.startsWith("00-")) {
      return false;
    }
    boolean trace = false;
    boolean span = false;
    for (int i = 3; i < LENGTH; i++) {
      char c = text.charAt(i);
      if (i == SPAN_AT - 1 || i == FLAGS_AT - 1) {
        if (c != '-') {
          return false;
        }
      } else if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      } else if (c != '0') {
        trace |= i < SPAN_AT;
        span |= i >= SPAN_AT && i < FLAGS_AT;
      }
    }
    return trace && span;
  }
}
