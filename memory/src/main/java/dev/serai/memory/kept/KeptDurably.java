package dev.serai.memory.kept;

import dev.serai.core.kept.KeptReader;
import dev.serai.core.kept.KeptResponse;
import dev.serai.core.kept.KeptResponses;
import dev.serai.core.port.ResponseStore;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.time.Ticker;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.Readers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Keeps answers in the database, and the newest in memory too: what was answered is found at once,
 * before {@link KeptWriter} has brought it to the database. Thread-safe.
 */
public final class KeptDurably implements ResponseStore, AutoCloseable {
  private static final Duration LONGEST_IN_MEMORY = Duration.ofHours(1);
  private static final Duration FORGET = Duration.ofSeconds(10);
  private static final Duration STOP = Duration.ofSeconds(5);

  private final KeptInMemory memory;
  private final KeptWriter writer;
  private final KeptReader reader;
  private final Readers readers;
  private final InstantSource clock;

  /**
   * Opens nothing yet: {@link #start} does.
   *
   * @param reader understands what is written down
   */
  public KeptDurably(Database database, KeptLimits limits, KeptReader reader, InstantSource clock) {
    Duration life =
        limits.retention().compareTo(LONGEST_IN_MEMORY) < 0
            ? limits.retention()
            : LONGEST_IN_MEMORY;
    this.memory = new KeptInMemory(limits.memoryBytes(), life, Ticker.SYSTEM);
    this.writer = new KeptWriter(database, limits, clock);
    this.reader = reader;
    this.readers = new Readers(database, "responses");
    this.clock = clock;
  }

  /** Begins to bring answers to the database, in the background. */
  public void start() {
    writer.start();
  }

  @Override
  public KeptResponses of(String tenant) {
    return new Tenant(tenant, memory.of(tenant));
  }

  @Override
  public void close() {
    readers.close();
    try {
      writer.stop(STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Tenant implements KeptResponses {
    private final String name;
    private final KeptResponses newest;

    Tenant(String name, KeptResponses newest) {
      this.name = name;
      this.newest = newest;
    }

    @Override
    public void keep(KeptResponse response) {
      newest.keep(response);
      writer.add(name, response);
    }

    @Override
    public Optional<KeptResponse> find(String id) {
      return newest.find(id).or(() -> restored(id));
    }

    @Override
    public Optional<KeptResponse> findByItem(String itemId) {
      return newest
          .findByItem(itemId)
          .or(
              () ->
                  readers
                      .ask(connection -> KeptChains.ownerOf(connection, name, itemId))
                      .flatMap(this::find));
    }

    private Optional<KeptResponse> restored(String id) {
      Map<String, KeptChains.Row> rows =
          readers.ask(connection -> KeptChains.read(connection, name, id, clock.millis()));
      return rows.isEmpty() ? Optional.empty() : new Restoration(rows, reader).of(id);
    }

    @Override
    public boolean forget(String id) {
      CompletableFuture<Boolean> written = writer.forget(name, id);
      try {
        boolean there = written.get(FORGET.toMillis(), TimeUnit.MILLISECONDS);
        return newest.forget(id) || there;
      } catch (ExecutionException | TimeoutException e) {
        written.cancel(false); // whoever was told that it failed may try again
        throw unavailable();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw unavailable();
      }
    }
  }

  private static CapacityProblem unavailable() {
    return new CapacityProblem(
        "responses_unavailable", "The responses cannot be changed now.", Duration.ofSeconds(5));
  }
}
