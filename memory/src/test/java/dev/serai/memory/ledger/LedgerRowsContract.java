package dev.serai.memory.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.Usage;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.usage.UsageRecord;
import dev.serai.core.usage.UsageTotals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which rows a call has and by which IDs they are found, on every database. */
abstract class LedgerRowsContract extends LedgerContract {
  /** A process that is killed leaves its folder as it is, and its lock is free. */
  @Test
  void aCallThatAKillInterruptedIsRecordedOnceByTheNextProcess() throws Exception {
    Path state = Files.createDirectories(folder.resolve("killed"));
    Caller caller = new Caller("killed", "", "", "");
    String ended = CallFixtures.id(CallFixtures.NOW);
    String running = CallFixtures.id(CallFixtures.NOW);
    Ledger killed = open(CallFixtures.NOW, state);
    assertThat(killed.of("any")).as("it has its files").isEmpty();
    for (String id : List.of(running, ended)) {
      Call call = CallFixtures.begun(id, "m");
      call.setCaller(caller);
      killed.admitted(call);
    }
    settle(killed, CallFixtures.answered(ended, Usage.of(1, 1)), caller);
    assertThat(killed.of(ended)).hasSize(1);
    Path list = state.resolve("journal/running-calls");
    byte[] left = Files.readAllBytes(list);
    killed.close();
    Files.write(list, left);

    for (int start = 0; start < 2; start++) {
      try (Ledger next = open(CallFixtures.NOW, state)) {
        assertThat(next.of(running))
            .extracting(UsageRecord::problem)
            .containsExactly(Optional.of("interrupted"));
        assertThat(next.of(ended)).as("ended before, and not noted yet").hasSize(1);
        assertThat(next.of(ended).getFirst().outcome()).isEqualTo(Call.Outcome.ANSWERED);
      }
    }
    UsageTotals totals = totals("killed").getFirst();
    assertThat(totals.requests()).as("in sums too").isEqualTo(2);
    assertThat(totals.failed()).isEqualTo(1);
  }

  @Test
  void aCallIsFoundByTheIdOfItsClientTheNewestFirst() {
    String given = "theirs:" + CallFixtures.id(0);
    String older = CallFixtures.id(CallFixtures.NOW);
    String newer = CallFixtures.id(CallFixtures.NOW + 1);
    for (String id : List.of(newer, older)) {
      Call call = CallFixtures.failedOver(id, Usage.of(1, 1));
      call.setClientHeaders(new HeaderFields().add("x-request-id", given));
      ledger.settled(call);
    }

    assertThat(ledger.of(given))
        .hasSize(2)
        .allMatch(row -> row.requestId().equals(newer))
        .allMatch(row -> row.clientRequestId().equals(given));
    assertThat(ledger.of(older)).allMatch(row -> row.requestId().equals(older));
    assertThat(ledger.of("")).isEmpty();
  }
}
