package dev.serai.processors.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.problem.CapacityProblem;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class AdmitCallTest {
  private final AtomicBoolean full = new AtomicBoolean();
  private final AdmitCall step = new AdmitCall(full::get);
  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

  @Test
  void aCallIsAdmittedWhileTheLedgerHasRoom() {
    assertThatCode(() -> step.process(exchange)).doesNotThrowAnyException();
  }

  @Test
  void aFullLedgerRefusesTheCall() {
    full.set(true);

    assertThatThrownBy(() -> step.process(exchange))
        .isInstanceOfSatisfying(
            CapacityProblem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(503);
              assertThat(problem.code()).isEqualTo("ledger_full");
              assertThat(problem.retryAfter()).isPresent();
            });
  }
}
