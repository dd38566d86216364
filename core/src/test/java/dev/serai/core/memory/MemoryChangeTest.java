package dev.serai.core.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryChangeTest {
  private static MemoryChange.Put put(String key, String json, String... tags) {
    return new MemoryChange.Put(
        new MemoryPath("n", key),
        json.getBytes(UTF_8),
        Optional.empty(),
        false,
        List.of(tags),
        Precondition.NONE);
  }

  @Test
  void valuePathAndTagsCountInBytesOfUtf8() {
    int cost = MemoryChange.Put.COST_BYTES;
    assertThat(put("k", "12").bytes()).isEqualTo(cost + "n/k".length() + 2);
    assertThat(put("\u20ac", "12").bytes()).isEqualTo(cost + "n/".length() + 3 + 2);
    assertThat(put("k", "12", "red", "\u20ac").bytes()).isEqualTo(cost + 3 + 2 + 3 + 3);
  }

  @Test
  void whatOneByteTakesInAStoreCountsToo() {
    assertThat(put("k", "1").bytes()).isGreaterThan(500);
  }
}
