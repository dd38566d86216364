package dev.serai.processors.routing.strategy;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.HedgedAttempts;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** What the latest attempts at one candidate took, and how many run now. Thread-safe, lock-free. */
final class Measured {
  /** The share of the newest attempt in an average. */
  private static final double SHARE = 0.2;

  /** The peak falls to a third in this time. */
  private static final double PEAK_DECAY_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** What a failure costs a client: another attempt after a wait. */
  private static final double FAILURE_MILLIS = 10_000;

  /** A candidate is left, whatever it has in its cache, after four failures in a row. */
  private static final double MAX_FAILURES = 0.5;

  /** Failures count half after this time without another call. */
  private static final double FORGIVEN_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** One refused request may be wrong; so many in a row are due to the candidate. */
  private static final int MANY_REFUSALS = 5;

  /** A measure counts half after each of these without an attempt. */
  private static final double HALF_LIFE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final int FEW_CALLS = 10;
  private static final int ENOUGH_TIMES = 20;
  private static final double NANOS_PER_MILLI = 1_000_000;

  private final AtomicInteger running = new AtomicInteger();
  private final RecentTimes firstTimes = new RecentTimes();
  private final AtomicReference<Averages> averages = new AtomicReference<>(Averages.NONE);

  /**
   * Averages of the latest attempts.
   *
   * @param firstMillis time to the first token; below zero if unknown
   * @param peakMillis the same, which rises at once and falls slowly
   * @param tokenMillis time from one token to the next; below zero if unknown
   * @param failures the share of attempts that failed, 0 to 1
   * @param refused the attempts since the last response that the provider refused
   * @param atNanos when the latest attempt ended
   */
  private record Averages(
      double firstMillis,
      double peakMillis,
      double tokenMillis,
      double failures,
      int refused,
      long atNanos) {
    static final Averages NONE = new Averages(-1, 0, -1, 0, 0, 0);

    double responseMillis(double tokens) {
      return Math.max(0, firstMillis) + Math.max(0, tokenMillis) * tokens;
    }

    double failures(long nowNanos) {
      return failures == 0
          ? 0
          : failures * Math.pow(0.5, Math.max(0, nowNanos - atNanos) / FORGIVEN_NANOS);
    }

    double peakMillis(long nowNanos) {
      return peakMillis == 0
          ? 0
          : peakMillis * Math.exp(-Math.max(0, nowNanos - atNanos) / PEAK_DECAY_NANOS);
    }

    boolean isKnown() {
      return firstMillis >= 0 || tokenMillis >= 0 || failures > 0;
    }
  }

  void begin() {
    running.incrementAndGet();
  }

  /** An attempt has ended: its times are final. */
  void end(Attempt attempt) {
    running.decrementAndGet();
    if (hasFailed(attempt)) {
      averages.updateAndGet(now -> failed(now, attempt.endNanos()));
    } else if (hasResponded(attempt)) {
      averages.updateAndGet(now -> succeeded(now, attempt));
      if (!isWhole(attempt)) {
        firstTimes.add(firstMillis(attempt));
      }
    } else if (isLate(attempt)) {
      averages.updateAndGet(now -> late(now, attempt));
      firstTimes.add(waitedMillis(attempt));
    } else if (isRefused(attempt)) {
      averages.updateAndGet(now -> refused(now, attempt.endNanos()));
    }
  }

  /** Whether it refuses whatever it is asked, so that the requests are not at fault. */
  boolean refusesAll() {
    return now().refused >= MANY_REFUSALS;
  }

  /** Whether an attempt has failed, and the candidate is at fault. */
  static boolean hasFailed(Attempt attempt) {
    return attempt
        .providerProblem()
        .map(ProviderProblem::failureCause)
        .filter(FailureCause::isFault)
        .isPresent();
  }

  private static boolean isLate(Attempt attempt) {
    return attempt
        .providerProblem()
        .map(ProviderProblem::failureCause)
        .filter(why -> why == FailureCause.LATE || isOvertakenFirst(attempt))
        .isPresent();
  }

  /** A hedge that was overtaken has not had the time that the first attempt had. */
  private static boolean isOvertakenFirst(Attempt attempt) {
    return HedgedAttempts.isOvertaken(attempt) && !attempt.isHedge();
  }

  static boolean isRefused(Attempt attempt) {
    return attempt
        .providerProblem()
        .filter(why -> why.failureCause() == FailureCause.REFUSED)
        .isPresent();
  }

  static boolean hasResponded(Attempt attempt) {
    return attempt.problem().isEmpty() && attempt.firstTokenNanos() != 0;
  }

  /** Undoes the beginning of an attempt that is not measured. */
  void forget() {
    running.decrementAndGet();
  }

  private static Averages failed(Averages now, long atNanos) {
    return new Averages(
        now.firstMillis,
        now.peakMillis(atNanos),
        now.tokenMillis,
        now.failures + SHARE * (1 - now.failures),
        now.refused,
        atNanos);
  }

  /** The first token would have taken at least as long as it was waited for. */
  private static Averages late(Averages now, Attempt attempt) {
    double waited = waitedMillis(attempt);
    return new Averages(
        average(now.firstMillis, waited),
        Math.max(waited, now.peakMillis(attempt.endNanos())),
        now.tokenMillis,
        now.failures,
        now.refused,
        attempt.endNanos());
  }

  private static double waitedMillis(Attempt attempt) {
    return (attempt.endNanos() - attempt.readyNanos()) / NANOS_PER_MILLI;
  }

  /** A model that is not there refuses every request, soon: that must not look like a fast one. */
  private static Averages refused(Averages now, long atNanos) {
    Averages next =
        new Averages(
            now.firstMillis,
            now.peakMillis,
            now.tokenMillis,
            now.failures,
            Math.min(MANY_REFUSALS, now.refused + 1),
            now.atNanos);
    return next.refused < MANY_REFUSALS ? next : failed(next, atNanos);
  }

  private static Averages succeeded(Averages now, Attempt attempt) {
    double first = firstMillis(attempt);
    double tokens = tokens(attempt);
    boolean whole = isWhole(attempt);
    double token = -1;
    if (whole) {
      token = first / tokens; // a response in one piece: its first bytes came with its last
    } else if (tokens > 1) {
      token = (attempt.endNanos() - attempt.firstTokenNanos()) / NANOS_PER_MILLI / (tokens - 1);
    }
    return new Averages(
        whole ? now.firstMillis : average(now.firstMillis, first),
        Math.max(first, now.peakMillis(attempt.endNanos())),
        token < 0 ? now.tokenMillis : average(now.tokenMillis, token),
        now.failures(attempt.endNanos()) * (1 - SHARE), // what is forgiven does not come back
        0,
        attempt.endNanos());
  }

  /** Whether the response came in one piece, which does not say when its first token came. */
  private static boolean isWhole(Attempt attempt) {
    return attempt.pieces() <= 1 && tokens(attempt) > 1;
  }

  private static double tokens(Attempt attempt) {
    return Math.max(counted(attempt), attempt.pieces());
  }

  private static double firstMillis(Attempt attempt) {
    return (attempt.firstTokenNanos() - attempt.readyNanos()) / NANOS_PER_MILLI;
  }

  /**
   * The tokens that the provider says it has sent; 0 if it does not say it. A token has at least
   * one byte, so a count above the bytes that arrived is wrong: it would make the provider look
   * fast.
   */
  private static long counted(Attempt attempt) {
    long sent = attempt.usage().map(usage -> usage.output() - usage.reasoning()).orElse(0L);
    boolean believed = attempt.receivedBytes() == 0 || sent <= attempt.receivedBytes();
    return believed ? sent : 0;
  }

  private static double average(double before, double value) {
    return before < 0 ? value : before + SHARE * (value - before);
  }

  int running() {
    return running.get();
  }

  /** Whether an attempt has succeeded or failed. */
  boolean isKnown() {
    return now().isKnown();
  }

  /** The share of the latest attempts that failed, from 0 to 1; it fades while none are made. */
  double failures(long nowNanos) {
    return now().failures(nowNanos);
  }

  /** Milliseconds to the first token, as measured; below zero if unknown. */
  double firstMillis() {
    return now().firstMillis;
  }

  /** Milliseconds to the first token that 95 % of the latest attempts kept; empty if unknown. */
  OptionalDouble p95Millis() {
    return firstTimes.p95();
  }

  /** The same; empty before enough attempts are measured for one in twenty to be late. */
  OptionalDouble lateMillis() {
    return firstTimes.p95(ENOUGH_TIMES);
  }

  /** Milliseconds that a response of that length may take; failures add to it. */
  double expectedMillis(double tokens, long nowNanos) {
    Averages now = now();
    return now.responseMillis(tokens) + now.failures(nowNanos) * FAILURE_MILLIS;
  }

  /**
   * Whether it is worth to stay here for the sake of a prompt cache: few calls fail, and neither
   * the responses take more than twice the time that they take there, nor do many more calls run
   * here.
   */
  boolean isStillGoodBeside(Measured other, double tokens, long nowNanos) {
    Averages here = now();
    Averages there = other.now();
    return here.failures(nowNanos) < MAX_FAILURES
        && !(there.isKnown() && here.responseMillis(tokens) > 2 * there.responseMillis(tokens))
        && running() <= 2 * other.running() + FEW_CALLS;
  }

  /** The highest of the latest latencies, which fades; failures add to it. */
  double peakMillis(long nowNanos) {
    Averages now = now();
    return now.peakMillis(nowNanos) + now.failures(nowNanos) * FAILURE_MILLIS;
  }

  /**
   * What a measure still counts, from 1 to 0: less while no attempt is made, so that a slow
   * candidate is tried again.
   */
  double freshness(long nowNanos) {
    double age = running() > 0 ? 0 : idleNanos(nowNanos) / HALF_LIFE_NANOS;
    return Math.pow(0.5, Math.max(0, age));
  }

  /** Nanoseconds since the latest attempt ended. */
  long idleNanos(long nowNanos) {
    return nowNanos - now().atNanos;
  }

  void write(JsonWriter out) {
    Averages now = now();
    out.beginObject().member("running", running());
    if (now.firstMillis >= 0) {
      out.member("first_token_ms", rounded(now.firstMillis));
    }
    if (now.tokenMillis >= 0) {
      out.member("token_ms", rounded(now.tokenMillis));
    }
    if (now.isKnown()) {
      out.member("failures", rounded(now.failures));
    }
    out.endObject();
  }

  /** For people: four digits. */
  private static BigDecimal rounded(double value) {
    return new BigDecimal(value).round(new MathContext(4));
  }

  private Averages now() {
    return Objects.requireNonNull(averages.get());
  }
}
