package dev.serai.config.check;

import dev.serai.core.net.Deadlines;
import java.time.Duration;

/** Finds deadlines that cannot be reached, because the total deadline ends the call before. */
public final class DeadlineCheck {
  private final Findings findings;

  public DeadlineCheck(Findings findings) {
    this.findings = findings;
  }

  /** Checks the deadlines of all providers. */
  public void check(Deadlines deadlines) {
    over("first_token", deadlines.firstToken(), deadlines.total());
    over("idle", deadlines.idle(), deadlines.total());
  }

  private void over(String name, Duration deadline, Duration total) {
    if (deadline.compareTo(total) > 0) {
      findings.perhapsWrong(
          findings.deadline(name),
          "is longer than total, "
              + total.toSeconds()
              + " s, which ends the call before; set upstream.deadlines.total too");
    }
  }
}
