package dev.serai.memory.objects;

import dev.serai.core.background.BackgroundThread;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.embedding.Embedder;
import dev.serai.core.memory.MemoryObject;
import dev.serai.core.memory.search.HitReader;
import dev.serai.core.memory.search.MemoryIndex;
import dev.serai.core.memory.search.MemorySearcher.Found;
import dev.serai.core.problem.CapacityProblem;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Gives the objects of an index their embeddings, on a thread of its own, behind the changes that
 * the index follows: until then an object is found by its words. The index itself knows which
 * objects wait, so none is forgotten when a gateway ends. An object for which the model fails is
 * set aside, and tried again later. Thread-safe.
 */
public final class ObjectEmbedder {
  private static final Duration REST = Duration.ofMillis(500);

  /** How many get their embeddings at once: a second of work, which searches do not see before. */
  private static final int BATCH = 32;

  /** With so many tenants the embedder is busy rather than these. */
  private static final int MAX_BUSY = 16;

  private final MemoryIndexer indexer;
  private final Objects objects;
  private final Embedder embedder;
  private final BackgroundThread thread;
  private final FailedObjects failed;

  /** Tenants too many of whose texts wait, so that the next objects are those of others. */
  private final Set<String> busy = new HashSet<>();

  /**
   * What is embedded.
   *
   * @param store of the objects
   * @param text of a value; thread-safe
   * @param clock by which objects expire
   */
  public record Objects(HitReader store, Function<byte[], String> text, InstantSource clock) {}

  /** Starts nothing yet. */
  public ObjectEmbedder(
      MemoryIndexer indexer, Objects objects, Embedder embedder, BackgroundThreads threads) {
    this.indexer = indexer;
    this.objects = objects;
    this.embedder = embedder;
    this.failed = new FailedObjects(threads.ticker());
    this.thread = threads.make("memory-embeddings", this::run);
  }

  /** Starts to give embeddings. */
  public void start() {
    thread.start();
  }

  /** Stops; waits for that at most for this time. */
  public void stop(Duration atMost) {
    thread.stopAndJoin(atMost);
  }

  /** How many objects have no embedding since the model has failed for them. */
  public int failed() {
    return failed.size();
  }

  /** How often the model has failed for an object. */
  public long failures() {
    return failed.total();
  }

  private void run(BackgroundThread self) {
    while (!self.isStopping()) {
      if (!embedSome(self)) {
        LockSupport.parkNanos(this, REST.toNanos());
      }
    }
  }

  /** Returns whether more may wait; not while the index, the store or the model is unavailable. */
  private boolean embedSome(BackgroundThread self) {
    try {
      MemoryIndex index = indexer.current();
      List<MemoryIndex.Embedded> done = new ArrayList<>();
      List<MemoryIndex.Pending> faulty = new ArrayList<>();
      Optional<CompletionException> fault = Optional.empty();
      boolean absent = false;
      int tenants = busy.size();
      for (MemoryIndex.Pending one : pending(index)) {
        if (!self.isStopping() && !busy.contains(one.tenant())) {
          Optional<MemoryObject> object = read(one);
          if (object.isEmpty()) {
            failed.absent(one);
            absent = true;
            continue;
          }
          try {
            embed(one, object.get()).ifPresent(done::add);
          } catch (CompletionException e) {
            faulty.add(one); // the others get their embeddings
            fault = Optional.of(e);
          }
        }
      }
      index.embed(done);
      done.forEach(one -> failed.succeeded(one.pending()));
      fault.ifPresent(why -> failed.failed(faulty, cause(why)));
      boolean others = othersMayBeServed(tenants);
      return others || absent || !done.isEmpty() || !faulty.isEmpty();
    } catch (CapacityProblem | IOException e) {
      return false; // the index is filled anew, or closed; the indexer logs why
    }
  }

  private static Throwable cause(CompletionException why) {
    Throwable cause = why.getCause();
    return cause == null ? why : cause;
  }

  /** Whether other tenants were found to be busy; if not, all have another chance. */
  private boolean othersMayBeServed(int before) {
    boolean others = busy.size() > before && busy.size() < MAX_BUSY;
    if (!others) {
      busy.clear();
    }
    return others;
  }

  private List<MemoryIndex.Pending> pending(MemoryIndex index) throws IOException {
    failed.begin();
    List<MemoryIndex.Pending> some =
        index.pending(
            one -> failed.isDue(one) && !busy.contains(one.tenant()),
            BATCH,
            objects.clock.instant());
    if (some.size() < BATCH) {
      failed.forgetUnseen();
    }
    return some;
  }

  /** Empty if the object has changed, has expired or is gone. */
  private Optional<MemoryObject> read(MemoryIndex.Pending pending) {
    List<Found> found = objects.store.read(pending.tenant(), List.of(pending.hit()), 1);
    return found.stream().findFirst().map(Found::object);
  }

  /** Empty if the object waits for another attempt since too many texts wait. */
  private Optional<MemoryIndex.Embedded> embed(MemoryIndex.Pending pending, MemoryObject object) {
    String text = objects.text.apply(object.json());
    if (text.isBlank()) {
      return Optional.of(new MemoryIndex.Embedded(pending, object, Optional.empty()));
    }
    return vector(pending.tenant(), text)
        .map(vector -> new MemoryIndex.Embedded(pending, object, Optional.of(vector)));
  }

  /**
   * Waits for the model.
   *
   * @throws CompletionException if the model fails
   */
  private Optional<float[]> vector(String tenant, String text) {
    try {
      List<float[]> one = embedder.embed(tenant, List.of(text)).toCompletableFuture().join();
      return Optional.of(one.getFirst());
    } catch (CompletionException e) {
      if (e.getCause() instanceof CapacityProblem) {
        busy.add(tenant);
        return Optional.empty();
      }
      throw e;
    }
  }
}
