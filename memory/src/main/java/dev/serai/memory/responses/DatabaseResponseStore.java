package dev.serai.memory.responses;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.cause.CloseAll;
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
 * Stores responses in the database, and the newest in memory too, so that a response is found at
 * once, before the {@link ResponseQueue} has written it. Thread-safe.
 */
public final class DatabaseResponseStore implements ResponseStore, AutoCloseable {
  private static final Duration MAX_TIME_IN_MEMORY = Duration.ofHours(1);
  private static final Duration DELETE = Duration.ofSeconds(10);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final InMemoryResponseStore memory;
  private final ResponseQueue queue;
  private final StoredResponseReader reader;
  private final DatabaseReader databaseReader;
  private final InstantSource clock;

  /** The time, and what runs the thread that writes. */
  public record Background(InstantSource clock, BackgroundThreads threads) {}

  /**
   * Opens nothing; {@link #start} does.
   *
   * @param reader makes a response from its stored bytes
   */
  public DatabaseResponseStore(
      Database database,
      ResponseStoreLimits limits,
      StoredResponseReader reader,
      Background background) {
    Duration life =
        limits.retention().compareTo(MAX_TIME_IN_MEMORY) < 0
            ? limits.retention()
            : MAX_TIME_IN_MEMORY;
    Ticker ticker = background.threads().ticker();
    this.memory = new InMemoryResponseStore(limits.memoryBytes(), life, ticker);
    this.queue = new ResponseQueue(database, limits, background.clock(), background.threads());
    this.reader = reader;
    this.databaseReader = new DatabaseReader(database, "responses");
    this.clock = background.clock();
  }

  /** Responses that are in memory only, because the database could not take them. */
  public long lost() {
    return queue.lost();
  }

  /** Starts to write responses to the database in the background. */
  public void start() {
    queue.start();
  }

  @Override
  public StoredResponses forTenant(String tenant) {
    return new Tenant(tenant, memory.forTenant(tenant));
  }

  @Override
  public void close() {
    CloseAll.inOrder(databaseReader::close, () -> queue.stop(STOP));
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
      queue.add(name, response);
    }

    @Override
    public Optional<StoredResponse> find(String id) {
      return newest.find(id).or(() -> queue.find(name, id)).or(() -> restored(id));
    }

    @Override
    public Optional<StoredResponse> findByItem(String itemId) {
      return newest
          .findByItem(itemId)
          .or(
              () ->
                  databaseReader
                      .read(connection -> ResponseChainQueries.ownerOf(connection, name, itemId))
                      .flatMap(this::find));
    }

    private Optional<StoredResponse> restored(String id) {
      Map<String, ResponseChainQueries.Row> rows =
          databaseReader.read(
              connection -> ResponseChainQueries.read(connection, name, id, clock.millis()));
      return rows.isEmpty() ? Optional.empty() : new ResponseChainBuilder(rows, reader).of(id);
    }

    @Override
    public boolean delete(String id) {
      CompletableFuture<Boolean> deleted = queue.delete(name, id);
      try {
        boolean existed = deleted.get(DELETE.toMillis(), TimeUnit.MILLISECONDS);
        return newest.delete(id) || existed;
      } catch (ExecutionException | TimeoutException e) {
        deleted.cancel(false); // the client receives an error and may try again
        throw unavailable();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw unavailable();
      }
    }
  }

  private static CapacityProblem unavailable() {
    return new CapacityProblem(
        "responses_unavailable",
        "The stored responses cannot be changed now.",
        Duration.ofSeconds(5));
  }
}
