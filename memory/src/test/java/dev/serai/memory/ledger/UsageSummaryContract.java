package dev.serai.memory.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.Usage;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.request.Operation;
import dev.serai.core.routing.Candidate;
import dev.serai.core.usage.Dimension;
import dev.serai.core.usage.UsageQuery;
import dev.serai.core.usage.UsageRecord;
import dev.serai.core.usage.UsageTotals;
import dev.serai.memory.database.Database;
import dev.serai.memory.tokens.Tokenizer;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A summary of a large ledger is read within 50 ms. The ordinary run has 20,000 rows; {@code
 * -Dserai.load=full} has a million.
 */
@Tag("load")
abstract class UsageSummaryContract {
  private static final boolean FULL = "full".equals(System.getProperty("serai.load"));
  private static final int ROWS = FULL ? 1_000_000 : 20_000;

  /** In the ordinary run other tests may use the processor at the same time. */
  private static final Duration BOUND = Duration.ofMillis(FULL ? 50 : 500);

  private static final int DAYS = 30;
  private static final int MODELS = 12;
  private static final int TENANTS = 5;
  private static final int TASKS = 3;
  private static final int KEYS = 100;
  private static final long DAY = 86_400_000L;
  private static final List<List<Dimension>> PARTS =
      List.of(
          List.of(),
          List.of(Dimension.PROVIDER),
          List.of(Dimension.MODEL),
          List.of(Dimension.TASK_TYPE),
          List.of(Dimension.TENANT),
          List.of(Dimension.DAY));

  @TempDir Path folder;

  abstract String url();

  @Test
  void theSummaryIsReadInTimeWhateverTheNumberOfRows() throws Exception {
    Database database = new Database(url(), folder);
    insert(database);
    try (Ledger ledger =
        new Ledger(
            LedgerLimits.in(folder, 64 * 1024 * 1024),
            database,
            new UsagePricing(new CallFixtures.Prices(), new Tokenizer(), ByteLimit.unlimited()),
            () -> Instant.ofEpochMilli(CallFixtures.NOW),
            BackgroundThreads.unreported())) {
      ledger.start(row -> {});
      isRight(firstTotals(ledger));
      long best = Long.MAX_VALUE;
      for (int i = 0; i < 40; i++) {
        long began = System.nanoTime();
        List<List<UsageTotals>> totals = ledger.totals(queries());
        best = Math.min(best, System.nanoTime() - began);
        isRight(totals);
      }
      System.out.printf("summary of %,d rows, %s: %.1f ms%n", ROWS, url(), best / 1e6);
      assertThat(Duration.ofNanos(best)).isLessThan(BOUND);
    }
  }

  /** On a busy machine the first flush may take longer than a query waits. */
  private static List<List<UsageTotals>> firstTotals(Ledger ledger) {
    for (int tries = 0; ; tries++) {
      try {
        return ledger.totals(queries());
      } catch (CapacityProblem busy) {
        assertThat(tries).as(busy.message()).isLessThan(6);
      }
    }
  }

  private static List<UsageQuery> queries() {
    return PARTS.stream()
        .map(by -> new UsageQuery(0, Long.MAX_VALUE, Map.of(), by, 10_000))
        .toList();
  }

  private static void isRight(List<List<UsageTotals>> totals) {
    for (List<UsageTotals> part : totals) {
      assertThat(part.stream().mapToLong(UsageTotals::requests).sum()).isEqualTo(ROWS);
      assertThat(part.stream().mapToLong(t -> t.usage().input()).sum()).isEqualTo(100L * ROWS);
    }
    assertThat(totals.get(1)).hasSize(MODELS / 2);
    assertThat(totals.get(2)).hasSize(MODELS);
    assertThat(totals.get(3)).hasSize(TASKS);
    assertThat(totals.get(4)).hasSize(TENANTS);
    assertThat(totals.get(5)).hasSize(DAYS);
  }

  private static void insert(Database database) throws Exception {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      UsageInserts inserts = new UsageInserts(connection, !database.isServer());
      List<UsageRecord> rows = new ArrayList<>();
      for (int i = 0; i < ROWS; i++) {
        rows.add(row(i));
        if (rows.size() == 2000) {
          inserts.add(rows);
          rows.clear();
        }
      }
      inserts.add(rows);
    }
  }

  /** Rows that spread over all values; the last ones are of today. */
  private static UsageRecord row(int i) {
    long first = CallFixtures.NOW / DAY * DAY - (DAYS - 1) * DAY;
    long time = first + (long) ((double) i / ROWS * DAYS * DAY);
    int model = i % MODELS;
    return new UsageRecord(
        CallFixtures.id(time),
        "",
        1,
        true,
        time,
        new Caller("tenant-" + i / 7 % TENANTS, "key-" + i / 3 % KEYS, "", "task-" + i / 5 % TASKS),
        "openai",
        Operation.CHAT,
        "fast",
        new Candidate("provider-" + model / 2, "model-" + model),
        Outcome.ANSWERED,
        Optional.empty(),
        Optional.empty(),
        false,
        true,
        Usage.of(100, 10),
        false,
        OptionalLong.of(1000),
        1000,
        OptionalLong.empty(),
        List.of(),
        Optional.empty());
  }
}
