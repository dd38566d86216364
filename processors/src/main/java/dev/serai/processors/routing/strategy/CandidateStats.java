package dev.serai.processors.routing.strategy;

import dev.serai.core.call.Attempt;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.limit.Hold;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.core.time.Ticker;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Measures the attempts at every candidate: how many run, how fast they are, how many fail.
 * Thread-safe, lock-free.
 */
public final class CandidateStats {
  /** Callers choose names, so the number is bounded. */
  private static final int MAX_CANDIDATES = 4096;

  private final Map<Candidate, Measured> all = new ConcurrentHashMap<>();
  private final Ticker ticker;
  private final Predicate<Candidate> stopped;

  /** Of candidates without circuit breakers. */
  public CandidateStats(Ticker ticker) {
    this(ticker, _ -> false);
  }

  /**
   * @param stopped whether a circuit breaker would refuse a call to a candidate now; every plan
   *     asks it of each of several candidates
   */
  public CandidateStats(Ticker ticker, Predicate<Candidate> stopped) {
    this.ticker = ticker;
    this.stopped = stopped;
  }

  /** Whether a circuit breaker would refuse a call to this candidate now. */
  boolean isStopped(Candidate candidate) {
    return stopped.test(candidate);
  }

  /** Counts an attempt from now until the attempt ends, and measures it then. */
  public void begin(Attempt attempt) {
    Measured measured = of(attempt.candidate());
    measured.begin();
    attempt.hold(new Running(attempt, measured));
  }

  /** What is measured of a candidate; of a new one nothing is known. */
  Measured of(Candidate candidate) {
    Measured known = all.get(candidate);
    if (known != null) {
      return known;
    }
    if (all.size() >= MAX_CANDIDATES) {
      makeRoom();
    }
    return all.computeIfAbsent(candidate, _ -> new Measured());
  }

  /** Forgets the half that was used longest ago, so that new names do not push out those in use. */
  private void makeRoom() {
    long now = nanos();
    long[] idle = all.values().stream().mapToLong(one -> one.idleNanos(now)).sorted().toArray();
    long longest = idle.length == 0 ? 0 : idle[idle.length / 2];
    all.values().removeIf(one -> one.running() == 0 && one.idleNanos(now) >= longest);
    if (all.size() >= MAX_CANDIDATES) {
      all.clear(); // attempts that run keep what they have begun
    }
  }

  /** Writes what is measured of a candidate as a JSON object; what is not known is left out. */
  public void write(Candidate candidate, JsonWriter out) {
    of(candidate).write(out);
  }

  /**
   * Milliseconds to the first token that 95 % of the latest attempts kept; empty if not measured.
   */
  public OptionalDouble p95Millis(Candidate candidate) {
    return of(candidate).p95Millis();
  }

  /** The same; empty before 20 attempts are measured. */
  public OptionalDouble lateMillis(Candidate candidate) {
    return of(candidate).lateMillis();
  }

  long nanos() {
    return ticker.nanos();
  }

  private static final class Running extends Hold {
    private final Attempt attempt;
    private final Measured measured;

    Running(Attempt attempt, Measured measured) {
      this.attempt = attempt;
      this.measured = measured;
    }

    @Override
    protected void onSettle(Optional<GatewayProblem> problem) {
      measured.end(attempt);
    }

    @Override
    protected void onRelease() {
      measured.forget();
    }
  }
}
