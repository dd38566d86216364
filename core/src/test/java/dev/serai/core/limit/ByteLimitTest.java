package dev.serai.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Bytes are taken up to the capacity and given back exactly once. */
class ByteLimitTest {
  private final ByteLimit memory = new ByteLimit(100);

  @Test
  void whatDoesNotFitIsRefusedAndTakesNothing() {
    ByteHold first = memory.hold();
    ByteHold second = memory.hold();
    assertThat(first.resize(60)).isTrue();
    assertThat(second.resize(41)).isFalse();
    assertThat(second.resize(40)).isTrue();
    assertThat(first.resize(61)).isFalse();
    assertThat(memory.taken()).isEqualTo(100);
  }

  @Test
  void aHoldShrinksAndGivesBackTheRestOnce() {
    ByteHold hold = memory.hold();
    assertThat(hold.resize(80)).isTrue();
    assertThat(hold.resize(30)).isTrue();
    assertThat(memory.taken()).isEqualTo(30);
    hold.settle(Optional.empty());
    hold.release();
    assertThat(memory.taken()).isZero();
  }

  @Test
  void anEndedHoldTakesNothing() {
    ByteHold hold = memory.hold();
    hold.release();
    assertThat(hold.resize(1)).isFalse();
    hold.set(1);
    assertThat(memory.taken()).isZero();
  }

  @Test
  void bytesThatExistAlreadyAreCountedBeyondTheCapacity() {
    ByteHold queue = memory.hold();
    queue.set(150);
    assertThat(memory.taken()).isEqualTo(150);
    assertThat(memory.hold().resize(1)).isFalse();
    queue.set(0);
    assertThat(memory.hold().resize(100)).isTrue();
  }
}
