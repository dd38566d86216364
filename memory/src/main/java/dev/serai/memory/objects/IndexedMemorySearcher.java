package dev.serai.memory.objects;

import dev.serai.core.embedding.Embedder;
import dev.serai.core.memory.search.HitReader;
import dev.serai.core.memory.search.MemoryHit;
import dev.serai.core.memory.search.MemoryIndex;
import dev.serai.core.memory.search.MemorySearch;
import dev.serai.core.memory.search.MemorySearch.Mode;
import dev.serai.core.memory.search.MemorySearcher;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.cause.FailureText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches the index, by words and by embeddings, and reads what it finds from the store: an object
 * that is not there any more, or is another one by now, is left out. Thread-safe.
 */
public final class IndexedMemorySearcher implements MemorySearcher {
  private static final Logger LOG = LoggerFactory.getLogger(IndexedMemorySearcher.class);
  private static final Duration MAX_WAIT = Duration.ofSeconds(5);

  /** For the embedding of a text, which takes milliseconds if few others wait. */
  private static final Duration MAX_EMBEDDING = Duration.ofSeconds(2);

  /** How many more are searched, for those that are left out. */
  private static final int RESERVE = 20;

  /** How many are searched at least: what is low in two lists may be high in both together. */
  private static final int MIN_DEPTH = 100;

  private final MemoryIndexer indexer;
  private final HitReader store;
  private final InstantSource clock;
  private final Optional<Embedder> embedder;

  /**
   * Searches by words only.
   *
   * @param clock by which objects expire
   */
  public IndexedMemorySearcher(MemoryIndexer indexer, HitReader store, InstantSource clock) {
    this(indexer, store, clock, Optional.empty());
  }

  /**
   * @param clock by which objects expire
   * @param embedder of the objects of the index; empty if they have no embeddings
   */
  public IndexedMemorySearcher(
      MemoryIndexer indexer, HitReader store, InstantSource clock, Optional<Embedder> embedder) {
    this.indexer = indexer;
    this.store = store;
    this.clock = clock;
    this.embedder = embedder;
  }

  @Override
  public Results search(String tenant, MemorySearch search, boolean current) {
    Optional<float[]> embedding = embedding(tenant, search);
    MemoryIndex index = current ? indexer.caughtUp(MAX_WAIT) : indexer.current();
    MemorySearch wider = search.withLimit(Math.max(MIN_DEPTH, 2 * search.limit() + RESERVE));
    List<MemoryHit> hits = hits(index, tenant, wider, embedding);
    boolean wanted = embedder.isPresent() && search.mode() != Mode.KEYWORD;
    return new Results(store.read(tenant, hits, search.limit()), wanted && embedding.isEmpty());
  }

  /** Of the text of a search; empty if it is not needed, or is not there in time. */
  private Optional<float[]> embedding(String tenant, MemorySearch search) {
    if (search.mode() == Mode.KEYWORD) {
      return Optional.empty();
    }
    if (embedder.isEmpty()) {
      if (search.mode() == Mode.SEMANTIC) {
        throw withoutEmbeddings();
      }
      return Optional.empty();
    }
    CompletableFuture<List<float[]>> one =
        embedder.get().embed(tenant, List.of(search.text())).toCompletableFuture();
    try {
      return Optional.of(one.get(MAX_EMBEDDING.toMillis(), TimeUnit.MILLISECONDS).getFirst());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("memory: a search has no embedding and goes by words: {}", FailureText.of(e));
      return Optional.empty();
    } finally {
      one.cancel(false); // it is not computed any more if it came too late; no effect if complete
    }
  }

  private static CallerProblem withoutEmbeddings() {
    return new CallerProblem(
        400,
        "unsupported_operation",
        "Serai has no embeddings to search by meaning: state.memory.embeddings is none. Use the"
            + " mode keyword or hybrid.",
        Optional.of("mode"));
  }

  private List<MemoryHit> hits(
      MemoryIndex index, String tenant, MemorySearch search, Optional<float[]> embedding) {
    try {
      Instant now = clock.instant();
      NeighbouringTurns.Lookup lookup = paths -> index.at(tenant, paths, search.filter(), now);
      if (embedding.isEmpty()) {
        return NeighbouringTurns.join(index.search(tenant, search, now), 0, lookup);
      }
      List<MemoryHit> near = index.nearest(tenant, embedding.get(), search, now);
      double farthest = near.isEmpty() ? 0 : near.getLast().score();
      List<MemoryHit> meant = NeighbouringTurns.join(near, farthest, lookup);
      return search.mode() == Mode.SEMANTIC
          ? meant
          : RankFusion.fuse(
              List.of(NeighbouringTurns.join(index.search(tenant, search, now), 0, lookup), meant));
    } catch (IOException e) {
      LOG.warn("memory: the index cannot be searched: {}", FailureText.of(e));
      throw new CapacityProblem(
          "memory_unavailable", "Memory objects cannot be searched now.", Duration.ofSeconds(5));
    }
  }
}
