package dev.serai.gateway.wiring;

import dev.serai.adapters.redis.RedisMemoryStore;
import dev.serai.adapters.search.LuceneMemoryIndex;
import dev.serai.config.state.MemorySettings;
import dev.serai.config.state.StateSettings;
import dev.serai.core.memory.MemoryStore;
import dev.serai.core.memory.search.HitReader;
import dev.serai.core.memory.search.MemoryFeed;
import dev.serai.core.memory.search.MemoryIndex;
import dev.serai.core.net.RedisAddress;
import dev.serai.core.problem.cause.CloseAll;
import dev.serai.gateway.management.AdminRequests;
import dev.serai.memory.database.Database;
import dev.serai.memory.files.PrivateFiles;
import dev.serai.memory.objects.DatabaseMemoryFeed;
import dev.serai.memory.objects.DatabaseMemoryStore;
import dev.serai.memory.objects.InMemoryObjectStore;
import dev.serai.memory.objects.StoreTime;
import dev.serai.memory.objects.StoredSize;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where memory objects are, with their index. Thread-safe. */
interface MemoryBackend {
  MemoryStore store();

  MemoryFeed feed();

  HitReader hits();

  /** The time by which the index leaves out what has expired; not later than that of the store. */
  InstantSource time();

  /** What all tenants have stored, as far as this gateway knows. */
  StoredSize size();

  /**
   * Opens the index.
   *
   * @param embeddings the name of their model, if objects have embeddings
   * @throws IOException if its folder cannot be used
   */
  MemoryIndex openIndex(Optional<String> embeddings) throws IOException;

  void start();

  void close();

  /** As the settings say. */
  static MemoryBackend of(SharedParts shared, Database database) {
    return switch (shared.settings().state().memory().store()) {
      case DATABASE -> new InDatabase(shared, database);
      case MEMORY -> new InHeap(shared);
      case REDIS -> new InRedis(shared);
    };
  }

  /** The folder of an index on the disk. */
  static Path indexFolder(SharedParts shared) {
    return shared.settings().state().folder().resolve("memory-index");
  }

  /**
   * Opens an index on the disk. It has texts of what is stored, so only its owner may read it.
   *
   * @throws IOException if its folder cannot be used
   */
  static MemoryIndex openOnDisk(Path folder, Optional<String> embeddings) throws IOException {
    PrivateFiles.createFolder(folder);
    return LuceneMemoryIndex.open(folder, content(embeddings));
  }

  private static LuceneMemoryIndex.Content content(Optional<String> embeddings) {
    return new LuceneMemoryIndex.Content(MemoryBackend::searched, embeddings);
  }

  /** The text of a value that is searched. */
  static String searched(byte[] json) {
    return AdminRequests.searchedText(json, 256 * 1024); // longer texts not to their end
  }

  /** In the database; the index is in the folder of the state. */
  final class InDatabase implements MemoryBackend {
    private final DatabaseMemoryStore store;
    private final DatabaseMemoryFeed feed;
    private final Path folder;

    InDatabase(SharedParts shared, Database database) {
      long quota = shared.settings().state().memory().quotaBytes();
      StoreTime time = StoreTime.ofDatabase(shared.clock());
      store = new DatabaseMemoryStore(database, quota, time, shared.threads());
      feed = new DatabaseMemoryFeed(database, () -> UUID.randomUUID().toString());
      folder = indexFolder(shared);
    }

    @Override
    public MemoryStore store() {
      return store;
    }

    @Override
    public MemoryFeed feed() {
      return feed;
    }

    @Override
    public HitReader hits() {
      return store;
    }

    @Override
    public InstantSource time() {
      return store::now;
    }

    @Override
    public StoredSize size() {
      return store.size();
    }

    @Override
    public MemoryIndex openIndex(Optional<String> embeddings) throws IOException {
      return openOnDisk(folder, embeddings);
    }

    @Override
    public void start() {
      store.start();
    }

    @Override
    public void close() {
      CloseAll.inOrder(feed::close, store::close);
    }
  }

  /** In Redis; the index is in the folder of the state. */
  final class InRedis implements MemoryBackend {
    /** The clock of Redis is not known here, and differs from that of a gateway by less. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private final RedisMemoryStore store;
    private final InstantSource clock;
    private final Path folder;

    InRedis(SharedParts shared) {
      clock = shared.clock();
      StateSettings state = shared.settings().state();
      store =
          new RedisMemoryStore(
              RedisAddress.parse(state.redisUrl().orElseThrow().reveal()),
              new RedisMemoryStore.Options(
                  state.redisPrefix(),
                  state.memory().quotaBytes(),
                  Optional.empty(),
                  UUID.randomUUID().toString()));
      folder = indexFolder(shared);
    }

    @Override
    public MemoryStore store() {
      return store;
    }

    @Override
    public MemoryFeed feed() {
      return store;
    }

    @Override
    public HitReader hits() {
      return store;
    }

    @Override
    public InstantSource time() {
      return () -> clock.instant().minus(CLOCKS_DIFFER);
    }

    @Override
    public StoredSize size() {
      RedisMemoryStore.Size size = store.size();
      return new StoredSize(size.objects(), size.bytes());
    }

    @Override
    public MemoryIndex openIndex(Optional<String> embeddings) throws IOException {
      return openOnDisk(folder, embeddings);
    }

    @Override
    public void start() {
      // It connects when it is needed.
    }

    @Override
    public void close() {
      store.close();
    }
  }

  /** In the heap, and so is the index. */
  final class InHeap implements MemoryBackend {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryBackend.class);

    private final InMemoryObjectStore store;
    private final InstantSource clock;

    InHeap(SharedParts shared) {
      clock = shared.clock();
      MemorySettings settings = shared.settings().state().memory();
      store =
          new InMemoryObjectStore(
              new InMemoryObjectStore.Limits(settings.quotaBytes(), settings.heapBytes()),
              clock,
              UUID.randomUUID().toString());
    }

    @Override
    public MemoryStore store() {
      return store;
    }

    @Override
    public MemoryFeed feed() {
      return store;
    }

    @Override
    public HitReader hits() {
      return store;
    }

    @Override
    public InstantSource time() {
      return clock;
    }

    @Override
    public StoredSize size() {
      return store.size();
    }

    @Override
    public MemoryIndex openIndex(Optional<String> embeddings) throws IOException {
      return LuceneMemoryIndex.inHeap(content(embeddings));
    }

    @Override
    public void start() {
      LOG.warn(
          "memory objects are in this process only, because state.memory.store is memory: they are"
              + " lost when it ends, and no other gateway sees them");
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
