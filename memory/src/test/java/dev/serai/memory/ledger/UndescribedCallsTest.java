package dev.serai.memory.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.Usage;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.routing.Draw;
import dev.serai.core.usage.RecordedDecision;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Requests wait for their features, are counted as bytes that are held, and are forgotten. */
class UndescribedCallsTest {
  private final ByteLimit memory = new ByteLimit(10);
  private final UndescribedCalls calls = new UndescribedCalls(memory);

  @Test
  void aRequestIsHeldUntilItsRowsAreStoredAndDescribed() {
    Call call = byWeight("1");
    call.setCaller(new Caller("t", "", "", "translate"));
    calls.add(call);
    assertThat(memory.taken()).isEqualTo(4);

    RecordedDecision described = calls.describe("1", recorded(call));
    assertThat(described.features().orElseThrow().task()).isEqualTo("translate");
    assertThat(calls.describe("2", recorded(call)).features()).as("not held").isEmpty();
    calls.remove("1");
    calls.remove("1");
    assertThat(memory.taken()).isZero();
  }

  @Test
  void aCallWithoutRoomIsNotHeld() {
    for (String id : new String[] {"1", "2", "3"}) {
      calls.add(byWeight(id));
    }
    assertThat(memory.taken()).isEqualTo(8);
    calls.remove("3");
    calls.remove("1");
    assertThat(memory.taken()).isEqualTo(4);
  }

  @Test
  void whatABanditHasReadAlreadyAndCallsWithoutAChoiceAreNotHeld() {
    Draw draw = new Draw("ucb", "chat", Optional.empty(), false, () -> 1);
    calls.add(CallFixtures.decided("1", CallFixtures.decision("bandit", Optional.of(draw), 1)));
    calls.add(CallFixtures.failedOver("2", Usage.of(1, 1)));
    assertThat(memory.taken()).isZero();
  }

  private static Call byWeight(String id) {
    return CallFixtures.decided(id, CallFixtures.decision("priority", Optional.empty(), 0.5));
  }

  private static RecordedDecision recorded(Call call) {
    EntryBuffer entry = EntryWriter.of(call, CallFixtures.NOW);
    byte[] bytes = Arrays.copyOf(entry.array(), entry.length());
    return EntryReader.read(bytes).getFirst().decision().orElseThrow();
  }
}
