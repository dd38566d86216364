package dev.serai.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Bytes are taken up to the capacity and given back exactly once. */
class ByteBudgetTest {
  private final ByteBudget budget = new ByteBudget(100);

  @Test
  void whatDoesNotFitIsRefusedAndTakesNothing() {
    ByteHold first = budget.hold();
    ByteHold second = budget.hold();
    assertThat(first.resize(60)).isTrue();
    assertThat(second.resize(41)).isFalse();
    assertThat(second.resize(40)).isTrue();
    assertThat(first.resize(61)).isFalse();
    assertThat(budget.taken()).isEqualTo(100);
  }

  @Test
  void aHoldShrinksAndGivesBackTheRestOnce() {
    ByteHold hold = budget.hold();
    assertThat(hold.resize(80)).isTrue();
    assertThat(hold.resize(30)).isTrue();
    assertThat(budget.taken()).isEqualTo(30);
    hold.settle(Optional.empty());
    hold.release();
    assertThat(budget.taken()).isZero();
  }

  @Test
  void anEndedHoldTakesNothing() {
    ByteHold hold = budget.hold();
    hold.release();
    assertThat(hold.resize(1)).isFalse();
    hold.set(1);
    assertThat(budget.taken()).isZero();
  }

  @Test
  void bytesThatExistAlreadyAreCountedBeyondTheCapacity() {
    ByteHold queue = budget.hold();
    queue.set(150);
    assertThat(budget.taken()).isEqualTo(150);
    assertThat(budget.hold().resize(1)).isFalse();
    queue.set(0);
    assertThat(budget.hold().resize(100)).isTrue();
  }
}
