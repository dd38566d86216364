package dev.serai.memory.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call.Outcome;
import dev.serai.core.request.Operation;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredCodesTest {
  /** The numbers are on disk: a line is added here, and none is changed. */
  @Test
  void theNumbersOnDiskStayAsTheyAre() {
    List<Operation> operations =
        List.of(
            Operation.CHAT,
            Operation.EMBEDDINGS,
            Operation.IMAGES,
            Operation.AUDIO,
            Operation.MODERATIONS,
            Operation.RERANK,
            Operation.FILES,
            Operation.BATCHES,
            Operation.REALTIME,
            Operation.SHADOW);
    for (int code = 0; code < operations.size(); code++) {
      assertThat(StoredCodes.of(operations.get(code))).isEqualTo(code);
      assertThat(StoredCodes.operation(code)).isEqualTo(operations.get(code));
    }
    assertThat(operations).containsExactlyInAnyOrder(Operation.values());
    List<Outcome> outcomes = List.of(Outcome.ANSWERED, Outcome.FAILED, Outcome.CANCELLED);
    for (int code = 0; code < outcomes.size(); code++) {
      assertThat(StoredCodes.of(outcomes.get(code))).isEqualTo(code);
      assertThat(StoredCodes.outcome(code)).isEqualTo(outcomes.get(code));
    }
    assertThat(outcomes).containsExactlyInAnyOrder(Outcome.values());
  }

  @Test
  void numbersOfALaterVersionAreReadWithoutAFailure() {
    for (int code : new int[] {-1, 99, Integer.MAX_VALUE}) {
      assertThat(StoredCodes.operation(code)).isEqualTo(Operation.CHAT);
      assertThat(StoredCodes.outcome(code)).isEqualTo(Outcome.FAILED);
    }
  }

  @Test
  void anEntryWithAnUnknownOperationIsARow() {
    EntryBuffer entry = new EntryBuffer();
    entry.number(StartCodec.FORMER_VERSION);
    entry.text("req-1", 64);
    entry.number(CallFixtures.NOW);
    for (String name : List.of("acme", "key-1", "s", "t", "openai")) {
      entry.text(name, 64);
    }
    entry.number(99);
    entry.text("gpt-5-mini", 64);
    entry.text("", 64);
    assertThat(EntryReader.read(Arrays.copyOf(entry.array(), entry.length())))
        .singleElement()
        .satisfies(row -> assertThat(row.requestedModel()).isEqualTo("gpt-5-mini"));
  }
}
