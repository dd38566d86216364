package dev.serai.core.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.problem.CapacityProblem;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
          new EmbeddingPool.Limits(2, 4, CHARACTERS, 20_000),
          BackgroundThreads.unreported());

  /** Encodes when it is let, and never the text "broken". */
  private static final class HeldEncoder implements TextEncoder {
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

  @Test
  void aFullQueueRefuses() {
    encoder.let.drainPermits();
    CompletableFuture<List<float[]>> waiting = embed("a", "b", "c");
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> embed("d", "e").join())
        .withCauseInstanceOf(CapacityProblem.class);
    encoder.let.release(1_000);
    waiting.join();
    assertThat(pool.waiting()).isZero();
    assertThat(embed("d", "e").join()).hasSize(2);
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
