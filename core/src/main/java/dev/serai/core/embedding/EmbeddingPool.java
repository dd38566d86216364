package dev.serai.core.embedding;

import dev.serai.core.background.BackgroundThread;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.cache.RecentMap;
import dev.serai.core.hash.Sha256;
import dev.serai.core.problem.CapacityProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Computes embeddings with a model in this process, on a few background threads. How many texts
 * wait is bounded, for all tenants and for each, and tenants take turns; embeddings are cached
 * under the hash of their text, so no text is kept. Thread-safe.
 */
public final class EmbeddingPool implements Embedder {
  private static final Duration STOP = Duration.ofSeconds(5);

  /** What an entry of the cache takes beside its vector: the key, and objects of the heap. */
  private static final int ENTRY_BYTES = 300;

  private final TextEncoder encoder;
  private final Limits limits;
  private final TextQueue queue;
  private final List<BackgroundThread> workers;
  private final RecentMap<String, float[]> cache;
  private final AtomicLong computed = new AtomicLong();

  /**
   * How much the pool does.
   *
   * @param threads that compute, at least one
   * @param waiting how many texts wait at most, with those that are computed
   * @param share how many of these one tenant may have
   * @param characters of a text that count; what follows does not
   * @param cacheBytes for cached embeddings
   */
  public record Limits(int threads, int waiting, int share, int characters, long cacheBytes) {
    /**
     * One thread; 256 texts, 64 of a tenant; 2,000 characters, which MiniLM takes 43 ms for; 16 MB.
     */
    public static Limits defaults() {
      return new Limits(1, 256, MAX_TEXTS, 2_000, 16L * 1024 * 1024);
    }
  }

  /** Starts the threads. */
  public EmbeddingPool(TextEncoder encoder, Limits limits, BackgroundThreads threads) {
    this.encoder = encoder;
    this.limits = limits;
    queue = new TextQueue(limits.waiting(), limits.share());
    long entry = ENTRY_BYTES + 4L * encoder.dimension();
    cache = new RecentMap<>((int) Math.clamp(limits.cacheBytes() / entry, 2, 1_000_000));
    workers =
        IntStream.range(0, limits.threads())
            .mapToObj(i -> threads.make("embeddings-" + i, this::work))
            .toList();
    workers.forEach(BackgroundThread::start);
  }

  private void work(BackgroundThread thread) {
    while (!thread.isStopping()) {
      queue.next().ifPresentOrElse(WaitingText::compute, () -> LockSupport.park(this));
    }
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
    return queue.size();
  }

  @Override
  public CompletionStage<List<float[]>> embed(String tenant, List<String> texts) {
    if (texts.isEmpty() || texts.size() > MAX_TEXTS) {
      throw new IllegalArgumentException("1 to " + MAX_TEXTS + " texts, not " + texts.size());
    }
    List<WaitingText> missing = new ArrayList<>();
    List<CompletableFuture<float[]>> each = new ArrayList<>();
    for (String text : texts) {
      each.add(one(tenant, beginning(text), missing));
    }
    Optional<CapacityProblem> refused =
        missing.isEmpty() ? Optional.empty() : queue.add(tenant, missing);
    if (refused.isPresent()) {
      return CompletableFuture.failedFuture(refused.get());
    }
    for (WaitingText text : missing) {
      text.embedding().whenComplete((_, _) -> queue.remove(text));
    }
    workers.forEach(BackgroundThread::unpark);
    return all(each);
  }

  /** Of all texts; who cancels that cancels each. */
  private static CompletableFuture<List<float[]>> all(List<CompletableFuture<float[]>> each) {
    CompletableFuture<List<float[]>> all =
        CompletableFuture.allOf(each.toArray(CompletableFuture[]::new))
            .thenApply(_ -> each.stream().map(CompletableFuture::join).toList());
    all.whenComplete(
        (_, _) -> {
          if (all.isCancelled()) {
            each.forEach(one -> one.cancel(false));
          }
        });
    return all;
  }

  private CompletableFuture<float[]> one(String tenant, String text, List<WaitingText> missing) {
    String key = Sha256.hex(tenant + '\n' + text);
    Optional<float[]> known = cache.find(key);
    if (known.isPresent()) {
      return CompletableFuture.completedFuture(cache.computeIfAbsent(key, _ -> known.get()));
    }
    WaitingText waiting = new WaitingText(tenant, () -> compute(key, text));
    missing.add(waiting);
    return waiting.embedding();
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

  /** Stops the threads, and then frees the model. Texts that wait are refused. */
  @Override
  public void close() {
    queue.close();
    workers.forEach(BackgroundThread::stop);
    workers.forEach(worker -> worker.stopAndJoin(STOP));
    if (workers.stream().noneMatch(BackgroundThread::isAlive)) {
      encoder.close(); // a thread that still computes would use what is freed
    }
  }
}
