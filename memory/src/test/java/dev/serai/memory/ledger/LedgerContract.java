package dev.serai.memory.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.call.Call;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.Usage;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.usage.Dimension;
import dev.serai.core.usage.UsageQuery;
import dev.serai.core.usage.UsageRecord;
import dev.serai.core.usage.UsageTotals;
import dev.serai.memory.database.Database;
import dev.serai.memory.tokens.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of the ledger on every database. Every test has a tenant of its own. */
abstract class LedgerContract {
  private static final long HOUR = 3_600_000;
  private static final Tokenizer TOKENIZER = new Tokenizer();

  @TempDir Path folder;

  final Queue<UsageRecord> estimated = new ConcurrentLinkedQueue<>();
  Ledger ledger;

  abstract String url();

  /** On a busy machine it takes longer than a flush may. */
  @BeforeAll
  static void loadEncoding() {
    TOKENIZER.tokens("gpt-5-mini", "word");
  }

  /** The schema is made here, because on a busy machine that takes longer than a flush may. */
  @BeforeEach
  final void begin() throws SQLException {
    new Database(url(), folder).connect().close();
    ledger = open(CallFixtures.NOW);
  }

  @AfterEach
  final void end() {
    ledger.close();
  }

  final Ledger open(long now) {
    return open(now, folder);
  }

  final Ledger open(long now, Path state) {
    return open(now, state, ByteLimit.unlimited());
  }

  final Ledger open(long now, Path state, ByteLimit memory) {
    Ledger opened =
        new Ledger(
            LedgerLimits.in(state, 64 * 1024 * 1024),
            new Database(url(), folder),
            new UsagePricing(new CallFixtures.Prices(), TOKENIZER, memory),
            () -> Instant.ofEpochMilli(now),
            BackgroundThreads.unreported());
    opened.start(estimated::add);
    return opened;
  }

  /** What a process that was killed has left is in the first reply of the next. */
  @Test
  void whatAnEarlierProcessHasLeftIsInTheFirstQueryAfterAStart() throws Exception {
    for (int round = 0; round < 20; round++) {
      Path state = Files.createDirectories(folder.resolve("round-" + round));
      Journal killed = new Journal(state, 1 << 16, 1 << 20, 50);
      killed.provide();
      String id = CallFixtures.id(CallFixtures.NOW);
      killed.append(EntryWriter.of(CallFixtures.answered(id, Usage.of(1, 1)), CallFixtures.NOW));
      killed.close();
      try (Ledger next = open(CallFixtures.NOW, state)) {
        assertThat(next.of(id)).as("round " + round).hasSize(1);
      }
    }
  }

  @Test
  void charactersThatADatabaseRefusesAreReplacedAndAreFoundByTheSameName() {
    String tenant = "half \uD83D pair and nul \u0000 of " + CallFixtures.id(0);
    String id = CallFixtures.id(CallFixtures.NOW);
    Call call = CallFixtures.answered(id, new Usage(1, 1, 0, 0, 0, 0, 0, 0, "ba\u0000tch"));
    settle(call, new Caller(tenant, "\uDE00", "", ""));
    settle(CallFixtures.answered(CallFixtures.id(CallFixtures.NOW), Usage.of(2, 2)), other());

    UsageRecord row = ledger.of(id).getFirst();
    assertThat(row.usage().tier()).isEqualTo("ba\uFFFDtch");
    assertThat(row.caller().tenant()).startsWith("half \uFFFD pair and nul \uFFFD of");
    assertThat(totals(tenant).getFirst().requests()).isEqualTo(1);
    assertThat(totals("other").getFirst().usage().input()).isEqualTo(2);
    assertThat(ledger.of("\u0000")).isEmpty();
    String failed = CallFixtures.id(CallFixtures.NOW);
    settle(CallFixtures.refused(failed, "model\u0000busy"), other());
    assertThat(ledger.of(failed).getFirst().problem()).contains("model\uFFFDbusy");
    assertThat(ledger.setAside()).isZero();
  }

  @Test
  void aCallThatCannotBeWrittenIsSetAsideAndTheOthersGoOn() throws Exception {
    Caller caller = new Caller("poisoned", "", "", "");
    for (int i = 0; i < 40; i++) {
      Usage usage = i % 20 == 7 ? Usage.of(CallFixtures.UNPAYABLE, 0) : Usage.of(i, 0);
      settle(CallFixtures.answered(CallFixtures.id(CallFixtures.NOW), usage), caller);
    }

    assertThat(totals("poisoned").getFirst().requests()).isEqualTo(38);
    assertThat(ledger.setAside()).isEqualTo(2);
    assertThat(ledger.databaseUp()).isTrue();
    List<String> lines = Files.readAllLines(folder.resolve("ledger-set-aside.txt"));
    assertThat(lines).hasSize(2).allMatch(line -> line.contains("poisoned"));
  }

  @Test
  void theSumsAreThoseOfTheRowsForEveryTimeAndDimension() {
    Caller caller = new Caller("times of sums", "k", "s", "t");
    long[] offsets = {0, 1, HOUR / 2, HOUR, 5 * HOUR, 14 * HOUR, 26 * HOUR, 50 * HOUR, 51 * HOUR};
    for (long offset : offsets) {
      try (Ledger then = open(CallFixtures.NOW + offset)) {
        Call call =
            offset == HOUR
                ? CallFixtures.failedOver(id(offset), Usage.of(offset, 3))
                : CallFixtures.answered(id(offset), Usage.of(offset, 3));
        call.setCaller(caller);
        then.settled(call);
      }
    }
    for (long from = -3 * HOUR; from < 60 * HOUR; from += 7 * HOUR / 2) {
      for (long until = from; until < 60 * HOUR; until += 9 * HOUR / 2) {
        sumsAreThoseOfTheRows(CallFixtures.NOW + from, CallFixtures.NOW + until);
      }
    }
    sumsAreThoseOfTheRows(0, Long.MAX_VALUE);
  }

  private static String id(long offset) {
    return CallFixtures.id(CallFixtures.NOW + offset);
  }

  /** Grouped by session, totals are summed from rows; all other groups must have the same sums. */
  private void sumsAreThoseOfTheRows(long from, long until) {
    List<UsageQuery> queries = new ArrayList<>();
    queries.add(query("times of sums", from, until, Dimension.SESSION));
    queries.add(query("times of sums", from, until));
    for (Dimension dimension : Dimension.values()) {
      queries.add(query("times of sums", from, until, dimension));
    }
    List<List<UsageTotals>> totals = ledger.totals(queries);
    List<Long> expected = sums(totals.getFirst());
    for (List<UsageTotals> each : totals) {
      assertThat(sums(each)).as(from + " to " + until).isEqualTo(expected);
    }
    List<UsageQuery> summary =
        List.of(
            query("times of sums", from, until),
            query("times of sums", from, until, Dimension.MODEL),
            query("times of sums", from, until, Dimension.DAY, Dimension.PROVIDER));
    assertThat(ledger.totals(summary))
        .isEqualTo(summary.stream().map(query -> ledger.totals(query)).toList());
  }

  private static List<Long> sums(List<UsageTotals> totals) {
    List<Long> sums = new ArrayList<>();
    sums.add(totals.stream().mapToLong(UsageTotals::requests).sum());
    sums.add(totals.stream().mapToLong(UsageTotals::attempts).sum());
    sums.add(totals.stream().mapToLong(t -> t.usage().input()).sum());
    sums.add(totals.stream().mapToLong(t -> t.usage().output()).sum());
    sums.add(totals.stream().mapToLong(UsageTotals::costNanoUsd).sum());
    sums.add(totals.stream().mapToLong(UsageTotals::priced).sum());
    sums.add(totals.stream().mapToLong(UsageTotals::unpriced).sum());
    return sums;
  }

  private static Caller other() {
    return new Caller("other", "", "", "");
  }

  @Test
  void aCallThatHasEndedIsFoundAtOnceUnchanged() {
    String id = CallFixtures.id(CallFixtures.NOW);
    Usage usage = new Usage(1000, 200, 300, 40, 50, 10, 7, 8, "batch");
    Call call = CallFixtures.answered(id, usage);
    call.setCaller(new Caller("acme", "k1", "s1", "t1"));
    ledger.settled(call);

    List<UsageRecord> rows = ledger.of(id);

    assertThat(rows).hasSize(1);
    UsageRecord row = rows.getFirst();
    assertThat(row.usage()).isEqualTo(usage);
    assertThat(row.costNanoUsd()).hasValue(1200);
    assertThat(row.caller()).isEqualTo(new Caller("acme", "k1", "s1", "t1"));
    assertThat(row.surface()).isEqualTo("openai");
    assertThat(row.terminal()).isTrue();
    assertThat(row.firstTokenMicros()).isPresent();
  }

  @Test
  void anUnknownPriceIsEmptyAndEveryAttemptHasARow() {
    String id = CallFixtures.id(CallFixtures.NOW);
    ledger.settled(CallFixtures.failedOver(id, Usage.of(10, 5)));

    List<UsageRecord> rows = ledger.of(id);

    assertThat(rows).extracting(UsageRecord::attempt).containsExactly(1, 2);
    assertThat(rows).extracting(UsageRecord::terminal).containsExactly(false, true);
    assertThat(rows.getLast().costNanoUsd()).isEmpty();
    assertThat(rows.getLast().dropped()).containsExactly("seed", "logprobs");
    assertThat(rows.getFirst().problem()).contains("external_service_error");
    assertThat(rows.getFirst().cause()).contains("overloaded");
    assertThat(rows.getLast().cause()).isEmpty();
  }

  @Test
  void aCallThatIsSettledTwiceIsInTheLedgerOnce() {
    String id = CallFixtures.id(CallFixtures.NOW);
    settle(CallFixtures.answered(id, Usage.of(10, 5)), new Caller("twice", "", "", ""));
    settle(CallFixtures.answered(id, Usage.of(10, 5)), new Caller("twice", "", "", ""));

    assertThat(ledger.of(id)).hasSize(1);
    assertThat(totals("twice").getFirst().requests()).as("in sums too").isEqualTo(1);
  }

  @Test
  void anUnknownRequestHasNoRows() {
    assertThat(ledger.of(CallFixtures.id(CallFixtures.NOW))).isEmpty();
  }

  @Test
  void totalsAreGroupedByEveryDimension() {
    Caller caller = new Caller("sums", "k", "", "");
    settle(CallFixtures.answered(CallFixtures.id(CallFixtures.NOW), Usage.of(100, 10)), caller);
    settle(CallFixtures.answered(CallFixtures.id(CallFixtures.NOW), Usage.of(200, 20)), caller);
    settle(CallFixtures.failedOver(CallFixtures.id(CallFixtures.NOW), Usage.of(1000, 100)), caller);
    settle(CallFixtures.unknownModel(CallFixtures.id(CallFixtures.NOW)), caller);

    List<UsageTotals> byProvider = totals("sums", Dimension.PROVIDER);
    assertThat(byProvider)
        .extracting(t -> t.group().getFirst())
        .containsExactly("", "anthropic", "openai");
    UsageTotals openai = byProvider.get(2);
    assertThat(openai.requests()).isEqualTo(2);
    assertThat(openai.attempts()).isEqualTo(3);
    assertThat(openai.usage().input()).isEqualTo(300);
    assertThat(openai.costNanoUsd()).isEqualTo(330);
    assertThat(openai.unpriced()).isZero();
    UsageTotals anthropic = byProvider.get(1);
    assertThat(anthropic.usage().output()).isEqualTo(100);
    assertThat(anthropic.priced()).isZero();
    assertThat(anthropic.unpriced()).isEqualTo(1);

    UsageTotals all = totals("sums").getFirst();
    assertThat(all.requests()).isEqualTo(4);
    assertThat(all.failed()).isEqualTo(1);
    assertThat(all.attempts()).isEqualTo(5);
    assertThat(all.usage().total()).isEqualTo(1430);

    assertThat(totals("sums", Dimension.DAY, Dimension.MODEL))
        .extracting(UsageTotals::group)
        .contains(List.of("2026-11-21", "gpt-5-mini"));
    assertThat(totals("sums", Dimension.TENANT, Dimension.KEY))
        .extracting(UsageTotals::group)
        .containsExactly(List.of("sums", "k"));
  }

  @Test
  void aQueryIsBoundedToTheMillisecond() {
    Caller caller = new Caller("times", "", "", "");
    try (Ledger later = open(CallFixtures.NOW + 5 * HOUR)) {
      settle(CallFixtures.answered(CallFixtures.id(CallFixtures.NOW), Usage.of(1, 1)), caller);
      Call call =
          CallFixtures.answered(CallFixtures.id(CallFixtures.NOW + 5 * HOUR), Usage.of(2, 2));
      call.setCaller(caller);
      later.settled(call);
      assertThat(totals("times").getFirst().requests()).isEqualTo(1); // each flushes its own

      assertThat(
              later.totals(
                  query("times", CallFixtures.NOW - HOUR, CallFixtures.NOW + HOUR, Dimension.HOUR)))
          .extracting(t -> t.usage().input())
          .containsExactly(1L);
      assertThat(
              later.totals(
                  query(
                      "times",
                      CallFixtures.NOW + 4 * HOUR,
                      CallFixtures.NOW + 6 * HOUR,
                      Dimension.HOUR)))
          .extracting(UsageTotals::group)
          .containsExactly(List.of(hour(5)));
      assertThat(later.rows(query("times", 0, CallFixtures.NOW + 10 * HOUR)))
          .extracting(row -> row.usage().input())
          .containsExactly(2L, 1L);
    }
  }

  private static String hour(int after) {
    return Instant.ofEpochMilli(CallFixtures.NOW + after * HOUR).toString().substring(0, 13);
  }

  @Test
  void aValueIsNeverPartOfTheStatement() {
    String hostile = "x' OR '1'='1";
    assertThat(ledger.rows(query(hostile, 0, Long.MAX_VALUE))).isEmpty();
  }

  @Test
  void uncountedTokensAreEstimatedAndMarkedAsEstimated() {
    String id = CallFixtures.id(CallFixtures.NOW);
    ledger.settled(
        CallFixtures.uncounted(id, "How many tokens are in this sentence?", "About eight."));

    UsageRecord row = ledger.of(id).getFirst();

    assertThat(row.estimated()).isTrue();
    assertThat(row.usage().input()).isCloseTo(15, within(2L));
    assertThat(row.usage().output()).isEqualTo(3);
    assertThat(row.costNanoUsd()).hasValue(row.usage().total());
    assertThat(estimated).extracting(UsageRecord::requestId).contains(id);
  }

  @Test
  void aCancelledStreamIsChargedForWhatWasReceived() {
    String id = CallFixtures.id(CallFixtures.NOW);
    ledger.settled(CallFixtures.left(id, Optional.empty(), 40));

    UsageRecord row = ledger.of(id).getFirst();

    assertThat(row.outcome()).isEqualTo(Call.Outcome.CANCELLED);
    assertThat(row.estimated()).isTrue();
    assertThat(row.usage().output()).isEqualTo(40);
  }

  @Test
  void thousandsOfCallsAreStoredAtAStop() {
    Caller caller = new Caller("many", "", "", "");
    for (int i = 0; i < 5000; i++) {
      settle(CallFixtures.answered(CallFixtures.id(CallFixtures.NOW), Usage.of(i, 1)), caller);
    }
    ledger.close();
    ledger = open(CallFixtures.NOW);

    UsageTotals all = totals("many").getFirst();
    assertThat(all.requests()).isEqualTo(5000);
    assertThat(all.usage().input()).isEqualTo(5000L * 4999 / 2);
    assertThat(ledger.lost()).isZero();
  }

  final void settle(Call call, Caller caller) {
    settle(ledger, call, caller);
  }

  static void settle(Ledger into, Call call, Caller caller) {
    call.setCaller(caller);
    into.settled(call);
  }

  final List<UsageTotals> totals(String tenant, Dimension... by) {
    return ledger.totals(query(tenant, 0, CallFixtures.NOW + HOUR, by));
  }

  static UsageQuery query(String tenant, long from, long until, Dimension... by) {
    return new UsageQuery(from, until, Map.of(Dimension.TENANT, tenant), List.of(by), 1000);
  }
}
