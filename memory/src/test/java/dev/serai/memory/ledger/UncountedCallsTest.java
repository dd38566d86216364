package dev.serai.memory.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.limit.ByteLimit;
import dev.serai.memory.tokens.Tokenizer;
import org.junit.jupiter.api.Test;

/** The texts that wait for an estimate of their tokens are counted as bytes that are held. */
class UncountedCallsTest {
  private static final String QUESTION = "q".repeat(600);
  private static final String RESPONSE = "a".repeat(300);

  private final ByteLimit memory = new ByteLimit(1_000);
  private final UncountedCalls calls = new UncountedCalls(new Tokenizer(), memory);

  @Test
  void requestAndResponseAreCountedUntilTheirRowsAreStored() {
    calls.add(CallFixtures.uncounted("1", QUESTION, RESPONSE));
    assertThat(memory.taken()).isEqualTo(900);
    calls.remove("1");
    calls.remove("1");
    assertThat(memory.taken()).isZero();
  }

  @Test
  void aCallWithoutRoomIsNotHeld() {
    calls.add(CallFixtures.uncounted("1", QUESTION, RESPONSE));
    calls.add(CallFixtures.uncounted("2", QUESTION, RESPONSE));
    assertThat(memory.taken()).isEqualTo(900);
    calls.remove("2");
    assertThat(memory.taken()).isEqualTo(900);
    calls.remove("1");
    calls.add(CallFixtures.uncounted("3", QUESTION, RESPONSE));
    assertThat(memory.taken()).isEqualTo(900);
  }
}
