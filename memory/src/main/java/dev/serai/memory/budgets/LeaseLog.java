package dev.serai.memory.budgets;

import dev.serai.core.problem.cause.FailureText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@link LeaseThread} logs: once when the database fails, once when it works again. */
final class LeaseLog {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseThread.class);

  private boolean failing;

  void failed(Exception why) {
    if (!failing) {
      LOG.error(
          "budgets: the database cannot be used; calls go on within what is leased, for {}"
              + " minutes: {}",
          LeaseThread.LIFETIME.toMinutes(),
          FailureText.of(why));
    }
    failing = true;
  }

  void late() {
    LOG.warn("budgets: nothing can be leased yet; calls that a budget counts wait or get 503");
  }

  void worked() {
    if (failing) {
      LOG.info("budgets: the database works again");
    }
    failing = false;
  }
}
