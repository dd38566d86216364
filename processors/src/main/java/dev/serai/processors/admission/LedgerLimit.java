package dev.serai.processors.admission;

import dev.serai.core.caller.Caller;
import dev.serai.core.limit.Admission;
import dev.serai.core.limit.Hold;
import dev.serai.core.limit.Limit;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.request.ModelRequest;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Refuses calls while the usage ledger is full: usage that is not recorded cannot be charged.
 * Thread-safe.
 */
public final class LedgerLimit implements Limit {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
  private static final Admission ADMITTED = new Admission.Admitted(Hold.NONE);

  private final BooleanSupplier ledgerFull;

  /**
   * @param ledgerFull whether the ledger has no room for another call; called on event loops
   */
  public LedgerLimit(BooleanSupplier ledgerFull) {
    this.ledgerFull = ledgerFull;
  }

  @Override
  public Admission admit(Caller caller, ModelRequest request) {
    return ledgerFull.getAsBoolean()
        ? new Admission.Refused(
            new CapacityProblem(
                "ledger_full",
                "The usage ledger is full: the call could not be recorded.",
                RETRY_AFTER))
        : ADMITTED;
  }
}
