package dev.serai.memory.cache;

import dev.serai.core.cache.ResponseKey;
import dev.serai.core.cache.meaning.MeaningKey;
import dev.serai.core.cache.meaning.PromptSignature;
import dev.serai.core.cache.meaning.SimilarPrompts;
import dev.serai.core.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Holds questions in this process. When those of one generation take half of the bound, the
 * generation before is dropped. Each question has a threshold of its own: near ones that ask for
 * something else raise it. Thread-safe; takes no lock for a search.
 */
public final class InMemorySimilarPrompts implements SimilarPrompts {
  /** Of one scope and generation: each search compares with all of them. */
  static final int MAX_IN_SCOPE = 64;

  /** A threshold is not raised above this one: hardly any other wording would reach it. */
  static final double MAX_RAISED = 0.95;

  private static final int ENTRY_BYTES = 1_000;

  private static final AtomicReferenceFieldUpdater<InMemorySimilarPrompts, Generations> NOW =
      AtomicReferenceFieldUpdater.newUpdater(
          InMemorySimilarPrompts.class, Generations.class, "now");

  private final Supplier<InMemoryResponseCache.Bounds> bounds;
  private final DoubleSupplier threshold;
  private final Ticker ticker;
  private volatile Generations now = new Generations(new Generation(), new Generation());

  /** A question; its threshold counts where it is above that of the settings. */
  private record Entry(MeaningKey key, ResponseKey response, double raised, long sinceNanos) {
    double similarity(MeaningKey other) {
      float[] one = key.embedding();
      float[] two = other.embedding();
      double sum = 0;
      for (int i = 0; i < one.length; i++) {
        sum += (double) one[i] * two[i];
      }
      return sum;
    }

    long bytes() {
      return ENTRY_BYTES + 4L * key.embedding().length + key.words().bytes();
    }

    Entry raisedTo(double least) {
      return new Entry(key, response, Math.max(raised, Math.min(least, MAX_RAISED)), sinceNanos);
    }
  }

  private record Generations(Generation younger, Generation older) {}

  private static final class Generation {
    private final Map<ResponseKey, List<Entry>> scopes = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();

    List<Entry> of(ResponseKey scope) {
      return scopes.getOrDefault(scope, List.of());
    }

    void put(Entry entry) {
      long[] more = new long[1];
      scopes.compute(
          entry.key().scope(),
          (_, held) -> {
            List<Entry> next = with(held == null ? List.of() : held, entry);
            more[0] = bytesOf(next) - (held == null ? 0 : bytesOf(held));
            return next;
          });
      bytes.addAndGet(more[0]);
    }

    private static long bytesOf(List<Entry> entries) {
      return entries.stream().mapToLong(Entry::bytes).sum();
    }

    private static List<Entry> with(List<Entry> held, Entry entry) {
      List<Entry> next = new ArrayList<>();
      double raised = entry.raised();
      for (Entry one : held) {
        if (one.response().equals(entry.response())) {
          continue;
        }
        PromptSignature words = one.key().words();
        if (words.agreesWith(entry.key().words()) || !words.hasNamesOf(entry.key().words())) {
          next.add(one); // another name or number is seen in any case
          continue;
        }
        double similarity = one.similarity(entry.key());
        raised = Math.max(raised, similarity);
        next.add(one.raisedTo(similarity));
      }
      next.add(entry.raisedTo(raised));
      return List.copyOf(next.size() > MAX_IN_SCOPE ? next.subList(1, next.size()) : next);
    }
  }

  /**
   * @param bounds as they are now
   * @param threshold as it is now: the least similarity
   */
  public InMemorySimilarPrompts(
      Supplier<InMemoryResponseCache.Bounds> bounds, DoubleSupplier threshold, Ticker ticker) {
    this.bounds = bounds;
    this.threshold = threshold;
    this.ticker = ticker;
  }

  @Override
  public Optional<Similar> find(MeaningKey key) {
    Generations all = now;
    List<Entry> entries = new ArrayList<>(all.younger().of(key.scope()));
    entries.addAll(all.older().of(key.scope()));
    long oldest = ticker.nanos() - bounds.get().nanos();
    double least = threshold.getAsDouble();
    Optional<Similar> best = Optional.empty();
    for (Entry entry : entries) {
      if (entry.sinceNanos() - oldest <= 0 || !entry.key().words().agreesWith(key.words())) {
        continue;
      }
      double similarity = entry.similarity(key);
      if (similarity >= Math.max(least, entry.raised())
          && similarity > best.map(Similar::similarity).orElse(-1.0)) {
        best = Optional.of(new Similar(entry.response(), similarity));
      }
    }
    return best;
  }

  @Override
  public void put(MeaningKey key, ResponseKey response) {
    Entry entry = new Entry(key, response, 0, ticker.nanos());
    long half = bounds.get().bytes() / 2;
    if (entry.bytes() > half) {
      return;
    }
    Generations all = now;
    if (all.younger().bytes.get() + entry.bytes() > half) {
      NOW.compareAndSet(this, all, new Generations(new Generation(), all.younger()));
      all = now;
    }
    all.younger().put(entry);
  }

  /** Drops all questions. */
  public void clear() {
    now = new Generations(new Generation(), new Generation());
  }

  /** About how many bytes are held. */
  public long bytes() {
    Generations all = now;
    return all.younger().bytes.get() + all.older().bytes.get();
  }
}
