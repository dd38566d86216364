package dev.serai.gateway.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.adapters.search.LuceneMemoryIndex;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.memory.MemoryChange;
import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.Precondition;
import dev.serai.core.memory.TenantMemory;
import dev.serai.core.memory.search.MemorySearch;
import dev.serai.gateway.management.AdminRequests;
import dev.serai.memory.database.Database;
import dev.serai.memory.objects.DatabaseMemoryFeed;
import dev.serai.memory.objects.DatabaseMemoryStore;
import dev.serai.memory.objects.IndexedMemorySearcher;
import dev.serai.memory.objects.MemoryIndexer;
import dev.serai.memory.objects.StoreTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.LogManager;

/**
 * Measures how long durable changes of memory objects take at 1,000 a second, and searches over
 * many objects, with SQLite. A program, not a test; {@code ./serai bench memory} runs it. Its
 * arguments are an empty folder on the disk to be measured, and the number of objects that are
 * searched. It ends with 1 when a goal is missed.
 */
public final class MemoryFigures {
  private static final int PUTS = 20_000;
  private static final int WARM_UP = 5_000;
  private static final long EVERY_NANOS = 1_000_000;
  private static final int SEARCHES = 5_000;
  private static final int OBJECTS = 1_000_000;
  private static final int AT_ONCE = 100;
  private static final int WORDS = 20_000;
  private static final Duration FILLED = Duration.ofMinutes(30);

  private final Random random = new Random(42);
  private final DatabaseMemoryStore store;
  private final MemoryIndexer indexer;
  private final IndexedMemorySearcher searcher;

  private MemoryFigures(Path folder) {
    Database database = new Database("sqlite", folder);
    BackgroundThreads threads = BackgroundThreads.unreported();
    store =
        new DatabaseMemoryStore(
            database, Long.MAX_VALUE / 2, StoreTime.ofDatabase(InstantSource.system()), threads);
    DatabaseMemoryFeed feed = new DatabaseMemoryFeed(database, () -> UUID.randomUUID().toString());
    indexer =
        new MemoryIndexer(
            feed,
            () ->
                LuceneMemoryIndex.open(
                    folder.resolve("index"),
                    LuceneMemoryIndex.Content.words(
                        json -> AdminRequests.searchedText(json, 262_144))),
            threads);
    searcher = new IndexedMemorySearcher(indexer, store, store::now);
    store.start();
    indexer.start();
  }

  /** Prints the figures. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    LogManager.getLogManager().reset(); // the figures alone
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    MemoryFigures cost = new MemoryFigures(folder);
    cost.puts(WARM_UP);
    boolean met = show("put at 1,000/s, durable", cost.puts(PUTS), 5, 5);
    int objects = arguments.length > 1 ? Integer.parseInt(arguments[1]) : OBJECTS;
    long began = System.nanoTime();
    cost.fill(objects);
    System.out.printf(
        "%,d objects stored and indexed in %.1f s%n", objects, (System.nanoTime() - began) / 1e9);
    cost.searches(SEARCHES / 5);
    met &= show("keyword search over " + objects + " objects", cost.searches(SEARCHES), 15, 50);
    System.out.println(
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmRSS"))
            .findFirst()
            .orElse("VmRSS unknown"));
    System.exit(met ? 0 : 1); // without waiting for what runs in the background
  }

  /** Prints the times and whether two of them are met, in milliseconds; returns that, too. */
  private static boolean show(String what, long[] nanos, double p50, double p99) {
    Arrays.sort(nanos);
    boolean met = at(nanos, 0.5) <= p50 && at(nanos, 0.99) <= p99;
    System.out.printf(
        "%s: p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, max %.2f ms; goal p50 %.0f, p99 %.0f: %s%n",
        what,
        at(nanos, 0.5),
        at(nanos, 0.99),
        at(nanos, 0.999),
        at(nanos, 1),
        p50,
        p99,
        met ? "met" : "missed");
    return met;
  }

  private static double at(long[] sorted, double part) {
    return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * part))] / 1e6;
  }

  /** A put each millisecond, whatever the one before takes; from the time when it was due. */
  private long[] puts(int count) throws InterruptedException {
    long[] nanos = new long[count];
    Semaphore ended = new Semaphore(0);
    TenantMemory memory = store.forTenant("t");
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        int number = i;
        long due = start + i * EVERY_NANOS;
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        MemoryChange put = put("puts", number, 60);
        callers.execute(
            () -> {
              memory.change(List.of(put));
              nanos[number] = System.nanoTime() - due;
              ended.release();
            });
      }
      ended.acquire(count);
    }
    return nanos;
  }

  private void fill(int objects) {
    TenantMemory memory = store.forTenant("s");
    for (int i = 0; i < objects; i += AT_ONCE) {
      List<MemoryChange> changes = new ArrayList<>();
      for (int j = i; j < Math.min(objects, i + AT_ONCE); j++) {
        changes.add(put("talk/s" + j / 1000, j, 30));
      }
      memory.change(changes);
    }
    indexer.caughtUp(FILLED);
  }

  /** A few words out of many, the first ones more often, as in a language (Zipf). */
  private MemoryChange put(String namespace, int number, int words) {
    StringBuilder text = new StringBuilder("{\"content\":\"");
    for (int i = 0; i < words; i++) {
      text.append(word()).append(' ');
    }
    return new MemoryChange.Put(
        new MemoryPath(namespace, Integer.toString(number)),
        text.append("\"}").toString().getBytes(UTF_8),
        Optional.empty(),
        false,
        List.of(),
        Precondition.NONE);
  }

  private String word() {
    int rank = (int) Math.pow(WORDS, random.nextDouble());
    return "w" + Integer.toString(rank * 7919, 36);
  }

  private long[] searches(int count) {
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      MemorySearch search =
          new MemorySearch(word() + " " + word() + " " + word(), 10, MemorySearch.Filter.ALL);
      long began = System.nanoTime();
      searcher.search("s", search, true);
      nanos[i] = System.nanoTime() - began;
    }
    return nanos;
  }
}
