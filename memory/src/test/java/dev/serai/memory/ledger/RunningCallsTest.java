package dev.serai.memory.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.Usage;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.usage.UsageRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningCallsTest {
  @TempDir Path folder;

  @Test
  void onlyCallsThatHaveNotEndedAreLeft() throws Exception {
    RunningCalls running = provided("a");
    int ended = running.add(started("ended"));
    running.add(started("first"));
    running.remove(ended);
    running.add(started("second"));
    running.close();

    List<UsageRecord> rows = left("a");
    assertThat(rows).extracting(UsageRecord::requestId).containsExactly("second", "first");
  }

  @Test
  void theNoteOfACallIsRemovedByWhatItReturnsAndTheNextCallNeedsNoOther() throws Exception {
    RunningCalls running = provided("a");
    Runnable first = running.note(started("ended"));
    first.run();
    assertThat(running.note(started("running"))).as("no allocation").isSameAs(first);
    running.close();

    assertThat(left("a")).extracting(UsageRecord::requestId).containsExactly("running");
  }

  @Test
  void theSurfaceOfACallWithASessionIsThatOfItsClient() throws Exception {
    RunningCalls running = provided("a");
    running.add(StartCodec.of(CallFixtures.recalled("recalled"), CallFixtures.NOW));
    running.close();

    assertThat(left("a")).extracting(UsageRecord::surface).containsExactly("openai");
  }

  @Test
  void aFileWithoutCallsIsRemovedAtTheEnd() throws Exception {
    RunningCalls running = provided("a");
    running.remove(running.add(started("ended")));
    running.close();

    assertThat(folder.resolve("a")).doesNotExist();
  }

  @Test
  void noSlotIsGivenToTwoCallsAtATime() throws Exception {
    RunningCalls running = provided("a");
    Set<Integer> taken = ConcurrentHashMap.newKeySet();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        all.add(threads.submit(() -> addAndRemove(running, taken)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(taken).isEmpty();
    for (int i = 0; i < RunningCalls.SLOTS; i++) {
      assertThat(taken.add(running.add(started("call " + i)))).isTrue();
    }
    assertThat(taken).doesNotContain(RunningCalls.NONE);
    long before = running.unnoted();
    assertThat(running.add(started("one too many"))).isEqualTo(RunningCalls.NONE);
    assertThat(running.unnoted() - before).as("calls without a slot are counted").isEqualTo(1);
  }

  private static void addAndRemove(RunningCalls running, Set<Integer> taken) {
    EntryBuffer entry = started("call");
    for (int i = 0; i < 20_000; i++) {
      int one = running.add(entry);
      int two = running.add(entry);
      assertThat(taken.add(one) && taken.add(two)).isTrue();
      taken.remove(one);
      running.remove(one);
      taken.remove(two);
      running.remove(two);
    }
  }

  @Test
  void aCallWithLongNamesHasRoomAndKeepsItsIds() throws Exception {
    RunningCalls running = provided("a");
    String id = CallFixtures.id(CallFixtures.NOW);
    Call call = CallFixtures.begun(id, "日".repeat(300));
    call.setCaller(new Caller("本".repeat(300), "語".repeat(300), "ü".repeat(300), "t".repeat(300)));
    call.setClientHeaders(new HeaderFields().add("x-request-id", "c".repeat(128)));
    assertThat(running.add(StartCodec.of(call, CallFixtures.NOW))).isNotEqualTo(RunningCalls.NONE);

    UsageRecord row = left("a").getFirst();
    assertThat(row.requestId()).isEqualTo(id);
    assertThat(row.caller().tenant()).startsWith("本本本");
    assertThat(row.requestedModel()).startsWith("日日");
  }

  @Test
  void anInterruptedCallKeepsItsTeamItsUserAndTheTagsThatHaveRoom() {
    Call call = CallFixtures.begun("id", "gpt-5-mini");
    call.setCaller(CallFixtures.caller("acme", Set.of("a", "b"), Set.of("c")));
    Caller caller = EntryReader.read(bytes(StartCodec.of(call, 1))).getFirst().caller();
    assertThat(caller.team()).isEqualTo("web");
    assertThat(caller.user()).isEqualTo("ann");
    assertThat(caller.allTags()).containsExactly("a", "b", "c");

    call.setCaller(
        CallFixtures.caller("acme", Set.of("a", "b".repeat(64)), Set.of("c".repeat(500))));
    EntryBuffer full = StartCodec.of(call, 1);
    assertThat(full.length()).isLessThanOrEqualTo(RunningCalls.maxLength());
    assertThat(EntryReader.read(bytes(full)).getFirst().caller().allTags())
        .startsWith("a", "b".repeat(64));
  }

  @Test
  void aCallThatTheFormerVersionNotedIsRead() {
    EntryBuffer old = new EntryBuffer();
    old.number(StartCodec.FORMER_VERSION);
    old.text("id", 64);
    old.number(CallFixtures.NOW);
    for (String text : List.of("acme", "k", "s", "t", "openai")) {
      old.text(text, 64);
    }
    old.number(0); // chat
    old.text("gpt-5-mini", 64);
    old.text("theirs-1", 64);

    assertThat(EntryReader.isKnown(bytes(old))).isTrue();
    UsageRecord row = EntryReader.read(bytes(old)).getFirst();
    assertThat(row.caller()).isEqualTo(new Caller("acme", "k", "s", "t"));
    assertThat(row.requestedModel()).isEqualTo("gpt-5-mini");
    assertThat(row.clientRequestId()).isEqualTo("theirs-1");
  }

  @Test
  void aCallThatWasInterruptedIsOneFailedRowWithoutACost() {
    Call call = CallFixtures.begun("id", "gpt-5-mini");
    call.setCaller(new Caller("acme", "k", "s", "t"));
    call.setClientHeaders(new HeaderFields().add("x-request-id", "theirs-1"));
    EntryBuffer entry = StartCodec.of(call, CallFixtures.NOW);

    List<UsageRecord> rows = EntryReader.read(bytes(entry));

    assertThat(rows).hasSize(1);
    UsageRecord row = rows.getFirst();
    assertThat(row.clientRequestId()).isEqualTo("theirs-1");
    assertThat(row.caller()).isEqualTo(new Caller("acme", "k", "s", "t"));
    assertThat(row.surface()).isEqualTo("openai");
    assertThat(row.requestedModel()).isEqualTo("gpt-5-mini");
    assertThat(row.timeMillis()).isEqualTo(CallFixtures.NOW);
    assertThat(row.terminal()).isTrue();
    assertThat(row.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(row.problem()).isEqualTo(Optional.of("interrupted"));
    assertThat(row.delivered()).isFalse();
    assertThat(row.usage()).isEqualTo(Usage.of(0, 0));
  }

  private RunningCalls provided(String file) throws Exception {
    RunningCalls running = new RunningCalls();
    running.provide(folder.resolve(file));
    return running;
  }

  private List<UsageRecord> left(String file) throws Exception {
    JournalSegment segment = JournalSegment.left(folder.resolve(file));
    List<UsageRecord> rows = new ArrayList<>();
    for (byte[] entry = segment.nextWhole(); entry.length > 0; entry = segment.nextWhole()) {
      rows.addAll(EntryReader.read(entry));
    }
    return rows;
  }

  private static EntryBuffer started(String id) {
    return StartCodec.of(CallFixtures.begun(id, "m"), CallFixtures.NOW);
  }

  private static byte[] bytes(EntryBuffer entry) {
    return Arrays.copyOf(entry.array(), entry.length());
  }
}
