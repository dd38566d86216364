package dev.serai.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serai.adapters.search.LuceneMemoryIndex;
import dev.serai.config.read.SettingsException;
import dev.serai.config.state.MemorySettings.Embeddings;
import dev.serai.core.embedding.Embedder;
import dev.serai.core.embedding.EmbeddingPool;
import dev.serai.core.embedding.TextEncoder;
import dev.serai.core.memory.search.MemoryHit;
import dev.serai.core.memory.search.MemorySearch;
import dev.serai.core.memory.search.MemorySearch.Filter;
import dev.serai.core.memory.search.MemorySearch.Mode;
import dev.serai.core.memory.search.MemorySearcher.Found;
import dev.serai.core.memory.search.MemorySearcher.Results;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.gateway.management.AdminRequests;
import dev.serai.memory.objects.IndexedMemorySearcher;
import dev.serai.memory.objects.ObjectEmbedder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Objects of a store that get their embeddings behind its changes. */
class SearchByMeaningTest extends IndexedMemory {
  private final Colours encoder = new Colours();
  private EmbeddingPool pool;
  private ObjectEmbedder objects;

  /** Knows what is red and what is blue, by other words; of "broken" nothing. */
  private static final class Colours implements TextEncoder {
    private final Semaphore computed = new Semaphore(0);

    @Override
    public String model() {
      return "colours";
    }

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public float[] encode(String text) {
      computed.release();
      if (text.contains("broken")) {
        throw new IllegalStateException("broken");
      }
      boolean red = text.contains("rose") || text.contains("blood") || text.contains("red");
      return red ? new float[] {1, 0} : new float[] {0, 1};
    }

    @Override
    public void close() {
      // Has nothing to free.
    }
  }

  @BeforeEach
  void embed() {
    pool = new EmbeddingPool(encoder, EmbeddingPool.Limits.defaults(), threads);
    searcher = new IndexedMemorySearcher(indexer, store, store::now, Optional.of(pool));
    objects =
        new ObjectEmbedder(
            indexer,
            new ObjectEmbedder.Objects(
                this::read, json -> AdminRequests.searchedText(json, 1000), store::now),
            refusing("busy"),
            threads);
    objects.start();
  }

  /** What the store has, without the objects that are lost in it. */
  private List<Found> read(String tenant, List<MemoryHit> hits, int limit) {
    List<MemoryHit> kept = hits.stream().filter(hit -> !hit.path().startsWith("lost/")).toList();
    return store.read(tenant, kept, limit);
  }

  /** The pool, but for a tenant all of whose places are taken. */
  private Embedder refusing(String tenant) {
    return new Embedder() {
      @Override
      public String model() {
        return pool.model();
      }

      @Override
      public int dimension() {
        return pool.dimension();
      }

      @Override
      public CompletionStage<List<float[]>> embed(String of, List<String> texts) {
        return of.equals(tenant)
            ? CompletableFuture.failedFuture(
                new CapacityProblem("embeddings_busy", "busy", Duration.ofSeconds(1)))
            : pool.embed(of, texts);
      }

      @Override
      public void close() {
        // The pool is closed by itself.
      }
    };
  }

  @AfterEach
  void stopEmbedding() {
    objects.stop(STOP);
    pool.close();
  }

  @Override
  LuceneMemoryIndex index() throws IOException {
    return LuceneMemoryIndex.open(
        folder.resolve("index"),
        new LuceneMemoryIndex.Content(
            json -> AdminRequests.searchedText(json, 1000), Optional.of("colours")));
  }

  private Results search(String tenant, String text, Mode mode) {
    return searcher.search(tenant, new MemorySearch(text, 10, Filter.ALL, mode), true);
  }

  private List<String> paths(Results results) {
    return results.found().stream().map(one -> one.object().entry().path().text()).toList();
  }

  /** Searches until as many objects have their embeddings. */
  private void awaitEmbeddings(String tenant, int count) {
    Supplier<Integer> embedded = () -> search(tenant, "red", Mode.SEMANTIC).found().size();
    while (embedded.get() < count) {
      Thread.onSpinWait();
    }
  }

  @Test
  void anObjectIsFoundByWhatItMeans() {
    put("t", "n/rose", "a rose in the garden", 0);
    put("t", "n/sky", "the sky at noon", 0);
    put("u", "n/blood", "blood", 0);
    awaitEmbeddings("t", 2);
    assertThat(paths(search("t", "red", Mode.SEMANTIC))).startsWith("n/rose");
    assertThat(paths(search("t", "red", Mode.KEYWORD))).isEmpty();
    assertThat(paths(search("t", "red noon", Mode.HYBRID)))
        .containsExactlyInAnyOrder("n/rose", "n/sky");
    assertThat(search("t", "red", Mode.HYBRID).byWordsOnly()).isFalse();
  }

  @Test
  void whatIsReplacedOrDeletedIsNotFoundByItsOldMeaning() {
    put("t", "n/a", "a rose", 0);
    put("t", "n/b", "blood", 0);
    awaitEmbeddings("t", 2);
    delete("t", "n/b");
    put("t", "n/a", "the sky", 0);
    awaitEmbeddings("t", 1);
    assertThat(paths(search("t", "red", Mode.SEMANTIC))).containsExactly("n/a");
    assertThat(search("t", "red", Mode.SEMANTIC).found().getFirst().score()).isLessThan(0.6);
  }

  @Test
  void aSearchWithoutAnEmbeddingGoesByWordsAndSaysSo() {
    put("t", "n/a", "a rose", 0);
    assertThat(paths(search("t", "broken rose", Mode.SEMANTIC))).containsExactly("n/a");
    assertThat(search("t", "broken rose", Mode.HYBRID).byWordsOnly()).isTrue();
    assertThat(search("t", "broken rose", Mode.KEYWORD).byWordsOnly()).isFalse();
  }

  @Test
  void anObjectWhoseEmbeddingFailsIsStillFoundByItsWords() {
    put("t", "n/a", "broken rose", 0);
    encoder.computed.acquireUninterruptibly();
    assertThat(search("t", "rose", 10)).containsExactly("n/a");
  }

  @Test
  void manyObjectsThatFailDoNotHideTheOthers() {
    for (int i = 0; i < 300; i++) {
      put("t", "n/a" + i, "broken " + i, 0);
    }
    put("t", "n/b", "a rose", 0);
    awaitEmbeddings("t", 1);
    while (objects.failed() < 300) {
      Thread.onSpinWait();
    }
    assertThat(objects.failures()).isEqualTo(300);
    assertThat(paths(search("t", "red", Mode.SEMANTIC))).containsExactly("n/b");
    assertThat(threads.failing()).isEmpty();
  }

  @Test
  @Timeout(20)
  void manyObjectsThatTheStoreDoesNotHaveDoNotHideTheOthers() {
    for (int i = 0; i < 100; i++) {
      put("t", "lost/a" + i, "a rose", 0);
    }
    put("t", "n/b", "a rose", 0);
    awaitEmbeddings("t", 1);
    assertThat(paths(search("t", "red", Mode.SEMANTIC))).containsExactly("n/b");
    assertThat(objects.failed()).isZero();
  }

  @Test
  void aTenantWhoseTextsMayNotWaitDelaysNoOther() {
    for (int i = 0; i < 100; i++) {
      put("busy", "n/a" + i, "a rose", 0);
    }
    put("t", "n/b", "a rose", 0);
    awaitEmbeddings("t", 1);
    assertThat(objects.failed()).isZero();
  }

  @Test
  void anObjectThatFailsIsForgottenWhenItIsReplacedOrDeleted() {
    put("t", "n/a", "broken", 0);
    put("t", "n/b", "broken too", 0);
    while (objects.failed() < 2) {
      Thread.onSpinWait();
    }
    put("t", "n/a", "a rose", 0);
    delete("t", "n/b");
    awaitEmbeddings("t", 1);
    while (objects.failed() > 0) {
      Thread.onSpinWait();
    }
    assertThat(objects.failures()).isEqualTo(2);
  }

  @Test
  void withoutEmbeddingsHybridIsByWordsAndSemanticIsRefused() {
    searcher = new IndexedMemorySearcher(indexer, store, store::now);
    put("t", "n/a", "a rose", 0);
    assertThat(search("t", "rose", Mode.HYBRID).byWordsOnly()).isFalse();
    assertThat(paths(search("t", "rose", Mode.HYBRID))).containsExactly("n/a");
    assertThatExceptionOfType(CallerProblem.class)
        .isThrownBy(() -> search("t", "rose", Mode.SEMANTIC))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo("unsupported_operation"));
  }

  @Test
  void aMissingModuleIsNamedWithTheCommandThatAddsIt() {
    assertThat(MemoryEmbeddings.open("state.memory.embeddings", Embeddings.NONE, threads))
        .isEmpty();
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(
            () -> MemoryEmbeddings.open("state.memory.embeddings", Embeddings.MINILM, threads))
        .withMessageContaining("state.memory.embeddings")
        .withMessageContaining("./serai run --with minilm");
  }
}
