package dev.serai.adapters.minilm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.adapters.minilm.Conversations.Conversation;
import dev.serai.adapters.minilm.Conversations.Kind;
import dev.serai.adapters.minilm.Conversations.Question;
import dev.serai.adapters.search.LuceneMemoryIndex;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.embedding.EmbeddingPool;
import dev.serai.core.memory.MemoryChange;
import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.Precondition;
import dev.serai.core.memory.search.MemorySearch;
import dev.serai.core.memory.search.MemorySearch.Filter;
import dev.serai.core.memory.search.MemorySearch.Mode;
import dev.serai.memory.objects.InMemoryObjectStore;
import dev.serai.memory.objects.IndexedMemorySearcher;
import dev.serai.memory.objects.MemoryIndexer;
import dev.serai.memory.objects.ObjectEmbedder;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many of the turns that answer a question are among the ten that a search finds, over {@link
 * Conversations} that are memory objects.
 */
final class Recall implements AutoCloseable {
  private static final int FOUND = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final BackgroundThreads threads = BackgroundThreads.unreported();
  private final InMemoryObjectStore store =
      new InMemoryObjectStore(
          new InMemoryObjectStore.Limits(1L << 30, 1L << 30), InstantSource.system(), "recall");
  private final List<Conversation> conversations = new ArrayList<>();
  private final EmbeddingPool pool;
  private final MemoryIndexer indexer;
  private final ObjectEmbedder embedder;
  private final IndexedMemorySearcher searcher;

  /** The part of what answers the questions that was found, and of how many. */
  record Part(double sum, int questions) {
    double mean() {
      return sum / questions;
    }

    private Part plus(Part other) {
      return new Part(sum + other.sum, questions + other.questions);
    }
  }

  Recall() throws IOException {
    pool = new EmbeddingPool(new MiniLmProvider().open(), EmbeddingPool.Limits.defaults(), threads);
    LuceneMemoryIndex.Content content =
        new LuceneMemoryIndex.Content(Recall::text, Optional.of(pool.model()));
    indexer = new MemoryIndexer(store, () -> LuceneMemoryIndex.inHeap(content), threads);
    embedder =
        new ObjectEmbedder(
            indexer,
            new ObjectEmbedder.Objects(store, Recall::text, InstantSource.system()),
            pool,
            threads);
    searcher = new IndexedMemorySearcher(indexer, store, InstantSource.system(), Optional.of(pool));
    indexer.start();
    embedder.start();
  }

  private static String text(byte[] json) {
    return new String(json, 1, json.length - 2, UTF_8);
  }

  /** Stores a conversation of about 290 turns and 60 questions, and waits for its embeddings. */
  void add(long seed) throws IOException {
    Conversation made = Conversations.make(seed);
    String namespace = namespace(conversations.size());
    conversations.add(made);
    for (int turn = 0; turn < made.turns().size(); turn++) {
      byte[] json = ('"' + made.turns().get(turn) + '"').getBytes(UTF_8);
      MemoryChange put =
          new MemoryChange.Put(
              new MemoryPath(namespace, Integer.toString(turn)),
              json,
              Optional.empty(),
              false,
              List.of(),
              Precondition.NONE);
      store.forTenant("t").change(List.of(put));
    }
    while (!indexer
        .caughtUp(PATIENCE)
        .pending(_ -> true, 1, InstantSource.system().instant())
        .isEmpty()) {
      Thread.onSpinWait();
    }
  }

  private static String namespace(int conversation) {
    return "session/" + conversation;
  }

  int turns() {
    return conversations.stream().mapToInt(one -> one.turns().size()).sum();
  }

  /** What a mode finds for each kind of questions. */
  Map<Kind, Part> of(Mode mode) {
    Map<Kind, Part> kinds = new EnumMap<>(Kind.class);
    for (int i = 0; i < conversations.size(); i++) {
      for (Question question : conversations.get(i).questions()) {
        Part one = new Part(found(mode, namespace(i), question), 1);
        kinds.merge(question.kind(), one, Part::plus);
      }
    }
    return kinds;
  }

  static Part all(Map<Kind, Part> kinds) {
    return kinds.values().stream().reduce(new Part(0, 0), Part::plus);
  }

  private double found(Mode mode, String namespace, Question question) {
    Filter in =
        new Filter(Optional.of(namespace), "", List.of(), Optional.empty(), Optional.empty());
    List<Integer> keys =
        searcher
            .search("t", new MemorySearch(question.text(), FOUND, in, mode), true)
            .found()
            .stream()
            .map(one -> Integer.parseInt(one.object().entry().path().key()))
            .toList();
    return (double) question.evidence().stream().filter(keys::contains).count()
        / question.evidence().size();
  }

  @Override
  public void close() {
    embedder.stop(PATIENCE);
    pool.close();
    indexer.stop(PATIENCE);
  }
}
