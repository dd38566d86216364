package dev.serai.core.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecentMapTest {
  private final RecentMap<String, Integer> map = new RecentMap<>(8);
  private final AtomicInteger made = new AtomicInteger();

  private int use(String key) {
    return map.computeIfAbsent(key, _ -> made.incrementAndGet());
  }

  @Test
  void aValueIsMadeOnce() {
    int first = use("a");

    assertThat(use("a")).isEqualTo(first);
    assertThat(map.find("a")).contains(first);
    assertThat(map.find("b")).isEmpty();
  }

  @Test
  void aKeyInUseOutlastsManyRareOnes() {
    int first = use("used");
    for (int i = 0; i < 1000; i++) {
      use("rare-" + i);
      if (i % 3 == 0) {
        use("used");
      }
    }

    assertThat(use("used")).isEqualTo(first);
  }

  @Test
  void neverMoreThanTheBoundAreKept() {
    for (int i = 0; i < 1000; i++) {
      use("rare-" + i);
      assertThat(map.copy()).hasSizeLessThanOrEqualTo(8);
    }
  }

  @Test
  void theLatestHalfIsKept() {
    for (int i = 0; i < 100; i++) {
      use("key-" + i);
    }

    assertThat(map.copy()).containsKeys("key-99", "key-98", "key-97", "key-96");
  }

  @Test
  void whileThereIsRoomNothingIsForgotten() {
    int values = 0;
    while (map.hasRoom()) {
      use("key-" + values++);
    }

    assertThat(map.copy()).hasSize(values).hasSize(8);
  }

  @Test
  void aSearchIsNotAUse() {
    use("a");
    for (int i = 0; i < 8; i++) {
      var _ = map.find("a");
      use("rare-" + i);
    }

    assertThat(map.find("a")).isEmpty();
  }
}
