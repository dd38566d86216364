package dev.serai.core.call;

import java.util.List;

/** Ends what still runs of a call that ends. Stateless. */
final class RunningAttempts {
  private RunningAttempts() {}

  /**
   * Ends the attempts that run. The call has ended with its last attempt, unless others ran beside
   * that: then it ends now.
   *
   * @return when the call has ended, in nanoseconds of its ticker; 0 if it had no attempt
   */
  static long end(List<Attempt> attempts, long now) {
    if (attempts.isEmpty()) {
      return 0;
    }
    attempts.forEach(attempt -> attempt.end(now));
    return attempts.getLast().isBranch() ? now : attempts.getLast().endNanos();
  }
}
