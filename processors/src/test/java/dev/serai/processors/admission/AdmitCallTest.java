package dev.serai.processors.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.call.Call;
import dev.serai.core.limit.Admission;
import dev.serai.core.limit.Hold;
import dev.serai.core.limit.Limit;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class AdmitCallTest {
  private static final CapacityProblem FULL =
      new CapacityProblem("ledger_full", "no room", Duration.ofSeconds(5));

  private final AtomicReference<Optional<CapacityProblem>> refusal =
      new AtomicReference<>(Optional.empty());
  private final List<Call> admitted = new ArrayList<>();
  private final AtomicInteger settled = new AtomicInteger();
  private final AtomicInteger released = new AtomicInteger();
  private final Limit ledger = new LedgerLimit(refusal::get);
  private final Limit counting = (caller, request) -> new Admission.Admitted(new CountingHold());
  private final Exchange exchange = new CallFixtures().exchangeFor("a");

  @Test
  void aCallIsAdmittedWhileTheLedgerHasRoom() {
    assertThatCode(() -> admit(ledger).process(exchange)).doesNotThrowAnyException();
    assertThat(admitted).containsExactly(Calls.of(exchange));
  }

  @Test
  void aLedgerThatCanRecordNoCallRefusesItForItsOwnReason() {
    refusal.set(Optional.of(FULL));

    assertThatThrownBy(() -> admit(ledger).process(exchange))
        .isInstanceOfSatisfying(
            CapacityProblem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(503);
              assertThat(problem.code()).isEqualTo("ledger_full");
              assertThat(problem.retryAfter()).isPresent();
            });
    assertThat(admitted).isEmpty();
  }

  @Test
  void whatACallTakesFromALimitIsSettledOnceWhenItEnds() {
    admit(counting, ledger).process(exchange);
    assertThat(settled).hasValue(0);

    Calls.of(exchange).end(Call.Outcome.ANSWERED, Optional.empty());
    Calls.of(exchange).end(Call.Outcome.FAILED, Optional.empty());
    assertThat(settled).hasValue(1);
  }

  @Test
  void aCallThatALaterLimitRefusesGivesBackWhatItTook() {
    refusal.set(Optional.of(FULL));
    assertThatThrownBy(() -> admit(counting, ledger).process(exchange))
        .isInstanceOf(CapacityProblem.class);
    assertThat(released).hasValue(1);

    Calls.of(exchange).end(Call.Outcome.FAILED, Optional.empty());
    assertThat(settled).hasValue(0);
  }

  private AdmitCall admit(Limit... limits) {
    return new AdmitCall(List.of(limits), admitted::add);
  }

  private final class CountingHold extends Hold {
    @Override
    protected void onSettle(Optional<GatewayProblem> problem) {
      settled.incrementAndGet();
    }

    @Override
    protected void onRelease() {
      released.incrementAndGet();
    }
  }
}
