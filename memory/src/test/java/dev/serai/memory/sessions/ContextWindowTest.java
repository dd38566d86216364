package dev.serai.memory.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which part of a session a model gets. */
class ContextWindowTest {
  /** A message of that many tokens. */
  private static ContextWindow.Row row(long number, long tokens, boolean user) {
    return new ContextWindow.Row(number, (tokens - 4) * 4, user, false);
  }

  private static ContextWindow.Row pinned(long number, long tokens) {
    return new ContextWindow.Row(number, (tokens - 4) * 4, false, true);
  }

  @Test
  void everythingWithinTheLimitStays() {
    ContextWindow window = new ContextWindow(100, 0);
    window.add(row(7, 50, true));
    window.add(row(8, 50, false));
    assertThat(window.first()).isEqualTo(7);
  }

  @Test
  void turnsOverTheLimitAreLeftOutUntilHalfOfItIsUsed() {
    ContextWindow window = new ContextWindow(100, 0);
    for (int i = 1; i <= 11; i++) {
      window.add(row(i, 10, true));
    }
    assertThat(window.first()).isEqualTo(7);
    for (int i = 12; i <= 16; i++) {
      window.add(row(i, 10, true));
      assertThat(window.first()).as("the beginning stays").isEqualTo(7);
    }
  }

  @Test
  void aTurnThatIsTooLargeIsLeftOutAsAWhole() {
    ContextWindow window = new ContextWindow(100, 0);
    window.add(row(1, 60, true));
    window.add(row(2, 60, false));
    assertThat(window.first()).isEqualTo(Long.MAX_VALUE);
    window.add(row(3, 80, true));
    assertThat(window.first()).isEqualTo(3);
  }

  @Test
  void pinnedMessagesTakeTheirPartOfTheLimit() {
    ContextWindow window = new ContextWindow(100, 0);
    window.add(pinned(1, 60));
    window.add(pinned(2, 60));
    window.add(row(3, 30, true));
    assertThat(window.contains(1, true)).isTrue();
    assertThat(window.contains(2, true)).as("too large for the rest").isFalse();
    window.add(row(4, 30, true));
    assertThat(window.first()).isEqualTo(4);
  }

  /** The first message moves seldom, only forward, and only to the beginning of a turn. */
  @Test
  void theBeginningOfALongConversationChangesSeldom() {
    Random random = new Random(3);
    ContextWindow window = new ContextWindow(8000, 0);
    TreeSet<Long> beginnings = new TreeSet<>();
    long last = 0;
    for (int i = 1; i <= 2000; i++) {
      window.add(row(i, 20 + random.nextInt(200), i % 4 == 1));
      long first = window.first();
      assertThat(first).isGreaterThanOrEqualTo(last);
      assertThat(first % 4).isEqualTo(1);
      last = first;
      beginnings.add(first);
    }
    assertThat(beginnings).hasSizeLessThan(2000 * 120 / 4000 + 5);
  }
}
