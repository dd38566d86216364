package dev.serai.gateway.reload;

import dev.serai.config.read.SettingsException;
import dev.serai.core.time.Ticker;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies a change that is in no file, such as a rotated secret, to the settings. While the
 * settings refuse it, it is tried again every ten seconds, and each reason is logged once. Not
 * thread-safe.
 */
public final class RetriedChange {
  private static final Logger LOG = LoggerFactory.getLogger(RetriedChange.class);
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final String refusal;
  private final Ticker ticker;
  private Object refused = List.of();
  private List<String> reasons = List.of();
  private long triedNanos;

  /**
   * @param refusal what the log says before the reasons
   */
  public RetriedChange(String refusal, Ticker ticker) {
    this.refusal = refusal;
    this.ticker = ticker;
  }

  /**
   * Applies the change, unless the same one has been refused less than ten seconds ago.
   *
   * @param change compared with the one that was refused last
   * @param apply reads the settings and applies them
   * @return whether the change has been applied
   */
  public boolean attempt(Object change, Runnable apply) {
    boolean again = !reasons.isEmpty() && change.equals(refused);
    if (again && ticker.nanos() - triedNanos < PAUSE.toNanos()) {
      return false;
    }
    try {
      apply.run();
      reasons = List.of();
      return true;
    } catch (SettingsException invalid) {
      report(invalid.problems());
      refused = change;
      triedNanos = ticker.nanos();
      return false;
    }
  }

  private void report(List<String> why) {
    if (!why.equals(reasons)) {
      LOG.error("{}, and they are tried again every {} s: {}", refusal, PAUSE.toSeconds(), why);
    }
    reasons = why;
  }
}
