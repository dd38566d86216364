package dev.serai.processors.admission;

import dev.serai.core.caller.Caller;
import dev.serai.core.limit.Admission;
import dev.serai.core.limit.Hold;
import dev.serai.core.limit.Limit;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.request.ModelRequest;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Refuses calls while the usage ledger cannot record them: usage that is not recorded cannot be
 * charged. Thread-safe.
 */
public final class LedgerLimit implements Limit {
  private static final Admission ADMITTED = new Admission.Admitted(Hold.NONE);

  private final Supplier<Optional<CapacityProblem>> refusal;

  /**
   * @param refusal why the ledger can record no other call; empty if it can. Called on event loops
   */
  public LedgerLimit(Supplier<Optional<CapacityProblem>> refusal) {
    this.refusal = refusal;
  }

  @Override
  public Admission admit(Caller caller, ModelRequest request) {
    Optional<CapacityProblem> why = refusal.get();
    return why.isEmpty() ? ADMITTED : new Admission.Refused(why.get());
  }
}
