package dev.serai.adapters.minilm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serai.core.embedding.TextEncoder;
import dev.serai.core.embedding.TextEncoderProvider;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MiniLmTest {
  private static TextEncoder model;

  @BeforeAll
  static void open() throws IOException {
    model = TextEncoderProvider.find("minilm").orElseThrow().open();
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static double likeness(String one, String other) {
    float[] a = model.encode(one);
    float[] b = model.encode(other);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void anEmbeddingHasLengthOne() {
    assertThat(model.encode("Where is the harbour?")).hasSize(model.dimension());
    assertThat(likeness("", "")).isCloseTo(1, within(1e-5));
    assertThat(likeness("harbour", "harbour")).isCloseTo(1, within(1e-5));
  }

  @Test
  void textsThatMeanTheSameAreNear() {
    double same = likeness("The dog ate my homework", "My homework was eaten by a puppy");
    double other = likeness("The dog ate my homework", "Interest rates rise in Japan");
    assertThat(same).isGreaterThan(0.7);
    assertThat(other).isLessThan(0.2);
  }

  @Test
  void anUnknownNameFindsNothing() {
    assertThat(TextEncoderProvider.find("other")).isEmpty();
  }
}
