package dev.serai.processors.retry;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.routing.Candidate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Chooses which candidate is tried again, and when: the one that may be tried soonest of those
 * whose last failure may have passed; of several, the first in the order of the plan. A candidate
 * is not tried before the time that its provider asked for. Without such a time it waits for a
 * delay that doubles with each retry, up to ten seconds, less up to half of it by chance, so that
 * calls that failed together do not come back together. Thread-safe.
 *
 * @param first the delay before the first retry
 * @param chance a number from 0 to 1 for each delay
 */
public record RetryWaits(Duration first, DoubleSupplier chance) {
  private static final Duration MAX = Duration.ofSeconds(10);
  private static final int MAX_DOUBLINGS = 16;

  /**
   * The next attempt of a call whose candidates have all been tried.
   *
   * @param candidate that is tried again
   * @param delay before it may be
   */
  public record Retry(Candidate candidate, Duration delay) {}

  /** The next attempt of a call whose candidates have all been tried. */
  public Retry next(Call call) {
    List<Candidate> candidates = call.plan().candidates();
    int tried = call.candidatesTried();
    Duration own = own(tried - candidates.size());
    Retry soonest = null;
    for (int i = 0; i < candidates.size(); i++) {
      Candidate next = candidates.get((tried + i) % candidates.size());
      Optional<Attempt> last = last(call, next);
      if (last.map(RetryWaits::mayHavePassed).orElse(true)) {
        Duration wait = last.flatMap(attempt -> left(call, attempt)).orElse(own);
        if (soonest == null || wait.compareTo(soonest.delay) < 0) {
          soonest = new Retry(next, wait);
        }
      }
    }
    return soonest != null ? soonest : new Retry(call.current().candidate(), own);
  }

  private static Optional<Attempt> last(Call call, Candidate candidate) {
    return call.attempts().reversed().stream()
        .filter(attempt -> attempt.candidate().equals(candidate))
        .findFirst();
  }

  /** A malformed reply, for example, would come again. */
  private static boolean mayHavePassed(Attempt attempt) {
    return attempt
        .providerProblem()
        .filter(problem -> problem.failureCause().mayPass())
        .isPresent();
  }

  /** What is left of the time that the provider asked for; empty if it asked for none. */
  private static Optional<Duration> left(Call call, Attempt attempt) {
    long since = call.startNanos() + call.elapsedNanos() - attempt.endNanos();
    return attempt
        .problem()
        .flatMap(GatewayProblem::retryAfter)
        .map(asked -> asked.minusNanos(Math.max(0, since)))
        .map(left -> left.isNegative() ? Duration.ZERO : left);
  }

  private Duration own(int retries) {
    Duration doubled = first.multipliedBy(1L << Math.clamp(retries, 0, MAX_DOUBLINGS));
    Duration most = doubled.compareTo(MAX) < 0 ? doubled : MAX;
    return most.minusNanos((long) (most.toNanos() / 2 * chance.getAsDouble()));
  }
}
