package dev.serai.memory.responses;

import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.responses.ResponseStore;
import dev.serai.core.responses.StoredResponse;
import dev.serai.core.responses.StoredResponseReader;
import dev.serai.core.responses.StoredResponses;
import dev.serai.core.time.Ticker;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.DatabaseReader;
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
 * before {@link ResponseBatchWriter} has brought it to the database. Thread-safe.
 */
public final class DatabaseResponseStore implements ResponseStore, AutoCloseable {
  private static final Duration LONGEST_IN_MEMORY = Duration.ofHours(1);
  private static final Duration FORGET = Duration.ofSeconds(10);
  private static final Duration STOP = Duration.ofSeconds(5);

  private final InMemoryResponseStore memory;
  private final ResponseBatchWriter writer;
  private final StoredResponseReader reader;
  private final DatabaseReader readers;
  private final InstantSource clock;

  /**
   * Opens nothing yet: {@link #start} does.
   *
   * @param reader understands what is written down
   */
  public DatabaseResponseStore(
      Database database,
      ResponseStoreLimits limits,
      StoredResponseReader reader,
      InstantSource clock) {
    Duration life =
        limits.retention().compareTo(LONGEST_IN_MEMORY) < 0
            ? limits.retention()
            : LONGEST_IN_MEMORY;
    this.memory = new InMemoryResponseStore(limits.memoryBytes(), life, Ticker.SYSTEM);
    this.writer = new ResponseBatchWriter(database, limits, clock);
    this.reader = reader;
    this.readers = new DatabaseReader(database, "responses");
    this.clock = clock;
  }

  /** Begins to bring answers to the database, in the background. */
  public void start() {
    writer.start();
  }

  @Override
  public StoredResponses forTenant(String tenant) {
    return new Tenant(tenant, memory.forTenant(tenant));
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

  private final class Tenant implements StoredResponses {
    private final String name;
    private final StoredResponses newest;

    Tenant(String name, StoredResponses newest) {
      this.name = name;
      this.newest = newest;
    }

    @Override
    public void store(StoredResponse response) {
      newest.store(response);
      writer.add(name, response);
    }

    @Override
    public Optional<StoredResponse> find(String id) {
      return newest.find(id).or(() -> restored(id));
    }

    @Override
    public Optional<StoredResponse> findByItem(String itemId) {
      return newest
          .findByItem(itemId)
          .or(
              () ->
                  readers
                      .ask(connection -> ResponseChainQueries.ownerOf(connection, name, itemId))
                      .flatMap(this::find));
    }

    private Optional<StoredResponse> restored(String id) {
      Map<String, ResponseChainQueries.Row> rows =
          readers.ask(
              connection -> ResponseChainQueries.read(connection, name, id, clock.millis()));
      return rows.isEmpty() ? Optional.empty() : new ResponseChainBuilder(rows, reader).of(id);
    }

    @Override
    public boolean delete(String id) {
      CompletableFuture<Boolean> written = writer.forget(name, id);
      try {
        boolean there = written.get(FORGET.toMillis(), TimeUnit.MILLISECONDS);
        return newest.delete(id) || there;
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
