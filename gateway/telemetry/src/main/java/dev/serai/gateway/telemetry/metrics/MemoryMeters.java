package dev.serai.gateway.telemetry.metrics;

import dev.serai.core.memory.MemoryChange;
import dev.serai.core.memory.MemoryEntry;
import dev.serai.core.memory.MemoryObject;
import dev.serai.core.memory.MemoryOutcome;
import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.MemoryQuery;
import dev.serai.core.memory.MemoryStore;
import dev.serai.core.memory.TenantMemory;
import dev.serai.core.memory.search.MemorySearcher;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Measures the operations on memory objects by kind and outcome: {@code done}, or the code of the
 * problem. Changes that are made together take the time of all, each. Thread-safe.
 */
public final class MemoryMeters {
  private static final String DONE = "done";
  private static final String NOT_FOUND = "not_found";

  private final MeterRegistry registry;
  private final Ticker ticker;
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

  private record Kind(String operation, String outcome) {}

  public MemoryMeters(Metrics metrics, Ticker ticker) {
    this.registry = metrics.registry();
    this.ticker = ticker;
  }

  /** The same store, whose operations are measured. */
  public MemoryStore measured(MemoryStore store) {
    return tenant -> new Measured(store.forTenant(tenant));
  }

  /** The same searcher, whose searches are measured. */
  public MemorySearcher measured(MemorySearcher searcher) {
    return (tenant, search, current) ->
        timed(
            List.of("search"), () -> searcher.search(tenant, search, current), _ -> List.of(DONE));
  }

  private final class Measured implements TenantMemory {
    private final TenantMemory memory;

    Measured(TenantMemory memory) {
      this.memory = memory;
    }

    @Override
    public Optional<MemoryObject> find(MemoryPath path) {
      return timed(
          List.of("get"),
          () -> memory.find(path),
          found -> List.of(found.isPresent() ? DONE : NOT_FOUND));
    }

    @Override
    public List<MemoryOutcome> change(List<MemoryChange> changes) {
      return timed(
          changes.stream().map(MemoryMeters::operation).toList(),
          () -> memory.change(changes),
          outcomes -> outcomes.stream().map(MemoryMeters::outcome).toList());
    }

    @Override
    public List<MemoryEntry> list(MemoryQuery query) {
      return timed(List.of("list"), () -> memory.list(query), _ -> List.of(DONE));
    }
  }

  private static String operation(MemoryChange change) {
    return switch (change) {
      case MemoryChange.Put _ -> "put";
      case MemoryChange.Delete _ -> "delete";
    };
  }

  private static String outcome(MemoryOutcome outcome) {
    return switch (outcome) {
      case MemoryOutcome.Stored _ -> DONE;
      case MemoryOutcome.Deleted deleted -> deleted.found() ? DONE : NOT_FOUND;
      case MemoryOutcome.Refused refused -> refused.problem().code();
    };
  }

  /**
   * Does operations together, and records each.
   *
   * @param outcomes of the operations, in their order
   */
  private <T> T timed(
      List<String> operations, Supplier<T> work, Function<T, List<String>> outcomes) {
    long began = ticker.nanos();
    List<String> ended = operations.stream().map(_ -> "internal_error").toList();
    try {
      T result = work.get();
      ended = outcomes.apply(result);
      return result;
    } catch (GatewayProblem e) {
      ended = operations.stream().map(_ -> e.code()).toList();
      throw e;
    } finally {
      long nanos = ticker.nanos() - began;
      for (int i = 0; i < ended.size(); i++) {
        timers
            .computeIfAbsent(new Kind(operations.get(i), ended.get(i)), this::timer)
            .record(nanos, TimeUnit.NANOSECONDS);
      }
    }
  }

  private Timer timer(Kind kind) {
    return Timer.builder("serai.memory.operation.duration")
        .description(
            "Time of an operation on memory objects, until it was durable if it is a change")
        .serviceLevelObjectives(Buckets.memory())
        .tag("operation", kind.operation)
        .tag("outcome", kind.outcome)
        .register(registry);
  }
}
