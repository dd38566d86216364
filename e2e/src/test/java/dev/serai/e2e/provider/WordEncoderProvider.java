package dev.serai.e2e.provider;

import dev.serai.core.embedding.TextEncoder;
import dev.serai.core.embedding.TextEncoderProvider;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * Takes the place of the optional module of embeddings, which these tests do not have: texts are
 * near each other if they share words. Those with the word "slowly" wait.
 */
public final class WordEncoderProvider implements TextEncoderProvider {
  private static final int DIMENSION = 512;
  private static final CountDownLatch SLOW = new CountDownLatch(1);

  /** Lets the texts go on that wait, from now on. */
  public static void goOn() {
    SLOW.countDown();
  }

  @Override
  public String name() {
    return "minilm";
  }

  @Override
  public TextEncoder open() {
    return new Words();
  }

  private static final class Words implements TextEncoder {
    @Override
    public String model() {
      return "words";
    }

    @Override
    public int dimension() {
      return DIMENSION;
    }

    @Override
    public float[] encode(String text) {
      if (text.contains("slowly")) {
        try {
          SLOW.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      float[] sums = new float[DIMENSION];
      for (String word : text.toLowerCase(Locale.ROOT).split("\\W+")) {
        sums[Math.floorMod(word.hashCode() * 31, DIMENSION)] += 1;
      }
      double square = 0;
      for (float sum : sums) {
        square += sum * sum;
      }
      for (int i = 0; i < DIMENSION; i++) {
        sums[i] /= (float) Math.sqrt(square);
      }
      return sums;
    }

    @Override
    public void close() {
      // Has nothing to free.
    }
  }
}
