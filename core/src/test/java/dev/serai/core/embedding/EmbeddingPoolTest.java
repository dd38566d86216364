package dev.serai.core.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.problem.CapacityProblem;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmbeddingPoolTest {
  private static final int DIMENSION = 8;
  private static final int CHARACTERS = 10;

  private final HeldEncoder encoder = new HeldEncoder();
  private final EmbeddingPool pool =
      new EmbeddingPool(
          encoder,
          new EmbeddingPool.Limits(1, 4, 3, CHARACTERS, 20_000),
          BackgroundThreads.unreported());

  /** Encodes when it is let, and never the text "broken". */
  private static final class HeldEncoder implements TextEncoder {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Semaphore begun = new Semaphore(0);
    private final RandomEncoder random = new RandomEncoder(DIMENSION);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Semaphore let = new Semaphore(10_000);

    @Override
    public String model() {
      return random.model();
    }

    @Override
    public int dimension() {
      return DIMENSION;
    }

    @Override
    public float[] encode(String text) {
      asked.add(text);
      begun.release();
      let.acquireUninterruptibly();
      if (text.equals("broken")) {
        throw new IllegalStateException("broken");
      }
      return random.encode(text);
    }

    @Override
    public void close() {
      closed.set(true);
    }
  }

  @AfterEach
  void close() {
    encoder.let.release(1_000);
    pool.close();
    assertThat(encoder.closed).isTrue();
  }

  private CompletableFuture<List<float[]>> embed(String... texts) {
    return pool.embed("t", List.of(texts)).toCompletableFuture();
  }

  @Test
  void textsHaveTheirEmbeddingsInTheirOrder() {
    assertThat(embed("a", "b", "c").join())
        .usingRecursiveComparison()
        .isEqualTo(IntStream.range(0, 3).mapToObj(i -> encode("abc".substring(i, i + 1))).toList());
  }

  private float[] encode(String text) {
    return encoder.random.encode(text);
  }

  @Test
  void aTextIsComputedOnceForATenant() {
    embed("a").join();
    embed("a").join();
    assertThat(pool.computed()).isEqualTo(1);
    pool.embed("other", List.of("a")).toCompletableFuture().join();
    assertThat(pool.computed()).isEqualTo(2);
  }

  @Test
  void theBeginningOfALongTextCounts() {
    assertThat(embed("0123456789 and more").join().get(0)).isEqualTo(encode("0123456789"));
    assertThat(embed("012345678\uD83D\uDE42").join().get(0)).isEqualTo(encode("012345678"));
  }

  /** Of a text that is being computed until the encoder is let. */
  private CompletableFuture<List<float[]>> held(String text) {
    encoder.let.drainPermits();
    CompletableFuture<List<float[]>> held = embed(text);
    encoder.begun.acquireUninterruptibly();
    return held;
  }

  private CompletableFuture<List<float[]>> ofOther(String... texts) {
    return pool.embed("other", List.of(texts)).toCompletableFuture();
  }

  private static void assertRefused(CompletableFuture<List<float[]>> request, String code) {
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(request::join)
        .havingCause()
        .isInstanceOfSatisfying(
            CapacityProblem.class, why -> assertThat(why.code()).isEqualTo(code));
  }

  @Test
  void aFullQueueRefuses() {
    CompletableFuture<List<float[]>> waiting = held("a");
    CompletableFuture<List<float[]>> behind = embed("b", "c");
    assertRefused(ofOther("d", "e"), "embeddings_busy");
    encoder.let.release(1_000);
    waiting.join();
    behind.join();
    assertThat(pool.waiting()).isZero();
    assertThat(ofOther("d", "e").join()).hasSize(2);
  }

  @Test
  void aTenantHasOnlyItsShareOfTheQueue() {
    held("a");
    embed("b", "c");
    assertRefused(embed("d"), "embeddings_busy");
    CompletableFuture<List<float[]>> other = ofOther("d");
    encoder.let.release(1_000);
    assertThat(other.join()).hasSize(1);
  }

  @Test
  void tenantsTakeTurns() {
    held("a");
    CompletableFuture<List<float[]>> own = embed("b", "c");
    CompletableFuture<List<float[]>> other = ofOther("d");
    encoder.let.release(1_000);
    own.join();
    other.join();
    assertThat(encoder.asked).containsExactly("a", "b", "d", "c");
  }

  @Test
  void aTextThatIsNotWantedAnyMoreIsNotComputed() {
    CompletableFuture<List<float[]>> first = held("a");
    CompletableFuture<List<float[]>> late = embed("b", "c");
    late.cancel(false);
    assertThat(pool.waiting()).isEqualTo(1);
    CompletableFuture<List<float[]>> next = embed("d");
    encoder.let.release(1_000);
    first.join();
    next.join();
    assertThat(encoder.asked).containsExactly("a", "d");
  }

  @Test
  void whatWaitsWhenThePoolIsClosedFails() {
    CompletableFuture<List<float[]>> first = held("a");
    CompletableFuture<List<float[]>> waiting = embed("b");
    waiting.whenComplete((_, _) -> encoder.let.release(1_000)); // before it ends for the first
    pool.close();
    assertRefused(waiting, "shutting_down");
    assertRefused(embed("c"), "shutting_down");
    assertThat(first.join()).hasSize(1);
    assertThat(pool.waiting()).isZero();
  }

  @Test
  void aModelThatFailsFailsTheRequestAndNoOther() {
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> embed("broken").join())
        .withCauseInstanceOf(IllegalStateException.class);
    assertThat(embed("a").join()).hasSize(1);
    assertThat(pool.waiting()).isZero();
  }

  @Test
  void theCacheIsBounded() {
    IntStream.range(0, 1_000).forEach(i -> embed("text " + i).join());
    embed("text 0").join();
    assertThat(pool.computed()).isEqualTo(1_001);
  }

  @Test
  void noTextOrTooManyAreRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(this::embed);
    String[] many =
        IntStream.range(0, Embedder.MAX_TEXTS + 1)
            .mapToObj(Integer::toString)
            .toArray(String[]::new);
    assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> embed(many));
  }
}
