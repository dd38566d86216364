package dev.serai.processors.admission;

import dev.serai.core.problem.CapacityProblem;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Decides whether a call may be made at all: not when what it uses could not be kept, since what is
 * spent and not written down is spent twice. Thread-safe.
 */
public final class AdmitCall implements Processor {
  private static final Duration LATER = Duration.ofSeconds(5);

  private final BooleanSupplier ledgerFull;

  /**
   * @param ledgerFull whether there is no room for the usage of another call; asked by event loops
   */
  public AdmitCall(BooleanSupplier ledgerFull) {
    this.ledgerFull = ledgerFull;
  }

  @Override
  public void process(Exchange exchange) {
    if (ledgerFull.getAsBoolean()) {
      throw new CapacityProblem(
          "ledger_full", "There is no room to write down what the call would use.", LATER);
    }
  }
}
