package dev.serai.processors.admission;

import dev.serai.core.problem.CapacityProblem;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Refuses a call while the usage ledger is full: usage that is not recorded cannot be charged.
 * Thread-safe.
 */
public final class AdmitCall implements Processor {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final BooleanSupplier ledgerFull;

  /**
   * @param ledgerFull whether the ledger has no room for another call; called on event loops
   */
  public AdmitCall(BooleanSupplier ledgerFull) {
    this.ledgerFull = ledgerFull;
  }

  @Override
  public void process(Exchange exchange) {
    if (ledgerFull.getAsBoolean()) {
      throw new CapacityProblem(
          "ledger_full", "The usage ledger is full: the call could not be recorded.", RETRY_AFTER);
    }
  }
}
