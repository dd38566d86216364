package dev.serai.memory.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.Usage;
import dev.serai.core.usage.UsageRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EntryCodecTest {
  private final String id = CallFixtures.id(CallFixtures.NOW);

  @Test
  void aSuccessfulCallIsOneTerminalRowWithTheProvidersCount() {
    Usage usage = new Usage(1000, 200, 300, 40, 50, 10, 7, 8, "batch");
    Call call = CallFixtures.answered(id, usage);
    call.setCaller(new Caller("acme", "key-1", "sitzung-ä", "summary"));

    UsageRecord row = rows(call).getFirst();

    assertThat(row.requestId()).isEqualTo(id);
    assertThat(row.attempt()).isEqualTo(1);
    assertThat(row.terminal()).isTrue();
    assertThat(row.delivered()).isTrue();
    assertThat(row.estimated()).isFalse();
    assertThat(row.usage()).isEqualTo(usage);
    assertThat(row.caller()).isEqualTo(new Caller("acme", "key-1", "sitzung-ä", "summary"));
    assertThat(row.candidate()).isEqualTo(CallFixtures.GPT);
    assertThat(row.outcome()).isEqualTo(Outcome.ANSWERED);
    assertThat(row.problem()).isEmpty();
    assertThat(row.firstTokenMicros()).isPresent();
    assertThat(row.timeMillis()).isBetween(CallFixtures.NOW - 1000, CallFixtures.NOW);
  }

  @Test
  void everyAttemptHasARowAndTheLastIsTerminal() {
    List<UsageRecord> rows = rows(CallFixtures.failedOver(id, Usage.of(10, 5)));

    assertThat(rows).extracting(UsageRecord::attempt).containsExactly(1, 2);
    assertThat(rows).extracting(UsageRecord::terminal).containsExactly(false, true);
    assertThat(rows).extracting(UsageRecord::delivered).containsExactly(false, true);
    assertThat(rows.getFirst().problem()).contains("external_service_error");
    assertThat(rows.getFirst().cause()).contains("overloaded");
    assertThat(rows.getLast().cause()).isEmpty();
    assertThat(rows.getFirst().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(rows.getFirst().usage().total()).isZero();
    assertThat(rows.getLast().dropped()).containsExactly("seed", "logprobs");
  }

  @Test
  void aCallThatReachedNoProviderHasOneRow() {
    List<UsageRecord> rows = rows(CallFixtures.unknownModel(id));

    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().attempt()).isZero();
    assertThat(rows.getFirst().terminal()).isTrue();
    assertThat(rows.getFirst().problem()).contains("model_not_found");
    assertThat(rows.getFirst().requestedModel()).isEqualTo("nonsense");
  }

  @Test
  void aCancelledStreamIsChargedForWhatWasReceived() {
    UsageRecord uncounted = rows(CallFixtures.left(id, Optional.empty(), 12)).getFirst();
    UsageRecord counted = rows(CallFixtures.left(id, Optional.of(Usage.of(90, 1)), 12)).getFirst();

    assertThat(uncounted.estimated()).isTrue();
    assertThat(uncounted.delivered()).isTrue();
    assertThat(uncounted.usage().output()).isEqualTo(12);
    assertThat(counted.estimated()).isTrue();
    assertThat(counted.usage()).isEqualTo(Usage.of(90, 12));
  }

  @Test
  void aLongNameIsCut() {
    Call call = CallFixtures.begun(id, "m".repeat(5000));
    call.end(Outcome.FAILED, Optional.empty());

    assertThat(rows(call).getFirst().requestedModel()).hasSize(UsageRecord.MAX_NAME_LENGTH);
  }

  private static List<UsageRecord> rows(Call call) {
    EntryBuffer bytes = EntryCodec.of(call, CallFixtures.NOW);
    return EntryCodec.read(Arrays.copyOf(bytes.array(), bytes.length()));
  }
}
