package dev.serai.core.embedding;

import dev.serai.core.background.BackgroundQueue;
import dev.serai.core.background.BackgroundThread;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.cache.RecentMap;
import dev.serai.core.hash.Sha256;
import dev.serai.core.problem.CapacityProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Computes embeddings with a model in this process, on a few background threads. How many texts
 * wait is bounded; embeddings are cached under the hash of their text, so no text is kept.
 * Thread-safe.
 */
public final class EmbeddingPool implements Embedder {
  private static final Duration STOP = Duration.ofSeconds(5);

  /** What an entry of the cache takes beside its vector: the key, and objects of the heap. */
  private static final int ENTRY_BYTES = 300;

  private final TextEncoder encoder;
  private final Limits limits;
  private final List<Worker> workers = new ArrayList<>();
  private final RecentMap<String, float[]> cache;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong computed = new AtomicLong();

  /**
   * How much the pool does.
   *
   * @param threads that compute, at least one
   * @param waiting how many texts wait at most, with those that are computed
   * @param characters of a text that count; what follows does not
   * @param cacheBytes for cached embeddings
   */
  public record Limits(int threads, int waiting, int characters, long cacheBytes) {
    /** One thread; 256 texts; 2,000 characters, which MiniLM takes 43 ms for; 16 MB. */
    public static Limits defaults() {
      return new Limits(1, 256, 2_000, 16L * 1024 * 1024);
    }
  }

  private static final class Worker {
    private final AtomicInteger size = new AtomicInteger();
    private final BackgroundQueue<Runnable> queue = new BackgroundQueue<>(this::run);
    private final BackgroundThread thread;

    Worker(String name, BackgroundThreads threads) {
      thread = threads.make(name, queue);
    }

    void add(Runnable work) {
      size.incrementAndGet();
      queue.add(work);
    }

    private void run(Runnable work) {
      size.decrementAndGet();
      work.run();
    }
  }

  /** Starts the threads. */
  public EmbeddingPool(TextEncoder encoder, Limits limits, BackgroundThreads threads) {
    this.encoder = encoder;
    this.limits = limits;
    long entry = ENTRY_BYTES + 4L * encoder.dimension();
    cache = new RecentMap<>((int) Math.clamp(limits.cacheBytes() / entry, 2, 1_000_000));
    for (int i = 0; i < limits.threads(); i++) {
      workers.add(new Worker("embeddings-" + i, threads));
    }
    workers.forEach(worker -> worker.thread.start());
  }

  @Override
  public String model() {
    return encoder.model();
  }

  @Override
  public int dimension() {
    return encoder.dimension();
  }

  /** How many texts the model has computed. */
  public long computed() {
    return computed.get();
  }

  /** How many texts wait, or are computed. */
  public int waiting() {
    return waiting.get();
  }

  @Override
  public CompletionStage<List<float[]>> embed(String tenant, List<String> texts) {
    if (texts.isEmpty() || texts.size() > MAX_TEXTS) {
      throw new IllegalArgumentException("1 to " + MAX_TEXTS + " texts, not " + texts.size());
    }
    if (waiting.addAndGet(texts.size()) > limits.waiting()) {
      waiting.addAndGet(-texts.size());
      return CompletableFuture.failedFuture(busy());
    }
    List<CompletableFuture<float[]>> each =
        texts.stream().map(text -> one(tenant, beginning(text))).toList();
    return CompletableFuture.allOf(each.toArray(CompletableFuture[]::new))
        .thenApply(_ -> each.stream().map(CompletableFuture::join).toList());
  }

  private CompletableFuture<float[]> one(String tenant, String text) {
    String key = Sha256.hex(tenant + '\n' + text);
    Optional<float[]> known = cache.find(key);
    if (known.isPresent()) {
      waiting.decrementAndGet();
      return CompletableFuture.completedFuture(cache.computeIfAbsent(key, _ -> known.get()));
    }
    CompletableFuture<Worker> turn = new CompletableFuture<>();
    CompletableFuture<float[]> embedding =
        turn.thenApply(_ -> compute(key, text))
            .whenComplete((_, _) -> waiting.decrementAndGet()); // before the turn can come
    give(turn);
    return embedding;
  }

  /** The thread for which the fewest texts wait completes the turn; what follows runs on it. */
  private void give(CompletableFuture<Worker> turn) {
    Worker least =
        workers.stream().min(Comparator.comparingInt(worker -> worker.size.get())).orElseThrow();
    least.add(() -> turn.complete(least));
  }

  private float[] compute(String key, String text) {
    return cache.computeIfAbsent(
        key,
        _ -> {
          computed.incrementAndGet();
          return encoder.encode(text);
        });
  }

  /** What counts of a text; a character of two parts is not split. */
  private String beginning(String text) {
    int end = Math.min(text.length(), limits.characters());
    boolean split = end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, split ? end - 1 : end);
  }

  private static CapacityProblem busy() {
    return new CapacityProblem(
        "embeddings_busy",
        "Too many texts wait for their embeddings. Retry later.",
        Duration.ofSeconds(2));
  }

  /** Stops the threads, and then frees the model. Texts that wait are not computed. */
  @Override
  public void close() {
    workers.forEach(worker -> worker.thread.stop());
    workers.forEach(worker -> worker.thread.stopAndJoin(STOP));
    if (workers.stream().noneMatch(worker -> worker.thread.isAlive())) {
      encoder.close(); // a thread that still computes would use what is freed
    }
  }
}
