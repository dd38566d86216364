package dev.serai.gateway.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.memory.MemoryChange;
import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.MemoryQuery;
import dev.serai.core.memory.Precondition;
import dev.serai.core.memory.TenantMemory;
import dev.serai.core.memory.search.MemorySearch;
import dev.serai.core.memory.search.MemorySearcher;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.gateway.telemetry.metrics.MemoryMeters;
import dev.serai.gateway.telemetry.metrics.Metrics;
import dev.serai.memory.database.Database;
import dev.serai.memory.objects.DatabaseMemoryStore;
import dev.serai.memory.objects.StoreTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is measured of memory objects. */
class MemoryMetersTest {
  @TempDir Path folder;
  private final AtomicLong nanos = new AtomicLong();
  private final Metrics metrics = new Metrics();
  private final MemoryMeters meters = new MemoryMeters(metrics, nanos::get);
  private DatabaseMemoryStore store;
  private TenantMemory memory;

  @BeforeEach
  void open() {
    store =
        new DatabaseMemoryStore(
            new Database("sqlite", folder),
            1100,
            StoreTime.ofDatabase(InstantSource.system()),
            BackgroundThreads.unreported());
    store.start();
    memory = meters.measured(store).forTenant("t");
  }

  @AfterEach
  void close() {
    store.close();
    metrics.close();
  }

  private static MemoryChange.Put put(String path, int bytes, Precondition precondition) {
    return new MemoryChange.Put(
        MemoryPath.of(List.of(path.split("/"))),
        "1".repeat(bytes).getBytes(UTF_8),
        Optional.empty(),
        false,
        List.of(),
        precondition);
  }

  private static MemoryChange.Delete delete(String path) {
    return new MemoryChange.Delete(MemoryPath.of(List.of(path.split("/"))), Precondition.NONE);
  }

  private static String counted(String operation, String outcome, int times) {
    return "serai_memory_operation_duration_seconds_count{operation=\""
        + operation
        + "\",outcome=\""
        + outcome
        + "\"} "
        + times
        + "\n";
  }

  private String page() {
    return new String(metrics.scrape(), UTF_8);
  }

  @Test
  void operationsAreCountedByKindAndOutcome() {
    memory.change(
        List.of(
            put("n/a", 5, Precondition.NONE),
            put("n/b", 5, new Precondition.Present()),
            put("n/c", 1000, Precondition.NONE),
            delete("n/a"),
            delete("n/a"),
            put("n/a", 1, Precondition.NONE)));
    memory.find(MemoryPath.of(List.of("n", "a")));
    memory.find(MemoryPath.of(List.of("n", "b")));
    memory.list(new MemoryQuery("n", "", Optional.empty(), 1));
    assertThat(page())
        .contains(counted("put", "done", 2))
        .contains(counted("put", "precondition_failed", 1))
        .contains(counted("put", "quota_exceeded", 1))
        .contains(counted("delete", "done", 1))
        .contains(counted("delete", "not_found", 1))
        .contains(counted("get", "done", 1))
        .contains(counted("get", "not_found", 1))
        .contains(counted("list", "done", 1));
  }

  @Test
  void anOperationTakesAsLongAsTheStoreAndAFailureHasItsCode() {
    CapacityProblem behind = new CapacityProblem("memory_index_behind", "", Duration.ZERO);
    MemorySearcher searcher =
        meters.measured(
            (tenant, search, current) -> {
              nanos.addAndGet(Duration.ofMillis(40).toNanos());
              if (current) {
                throw behind;
              }
              throw new IllegalStateException("a fault");
            });
    MemorySearch any = new MemorySearch("x", 1, MemorySearch.Filter.ALL);
    assertThatExceptionOfType(CapacityProblem.class)
        .isThrownBy(() -> searcher.search("t", any, true));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> searcher.search("t", any, false));
    assertThat(page())
        .contains(counted("search", "memory_index_behind", 1))
        .contains(counted("search", "internal_error", 1))
        .contains(
            "serai_memory_operation_duration_seconds_sum{operation=\"search\","
                + "outcome=\"internal_error\"} 0.04\n");
  }
}
