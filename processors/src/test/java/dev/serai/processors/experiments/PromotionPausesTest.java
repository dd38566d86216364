package dev.serai.processors.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromotionPausesTest {
  private long now = 1_000_000;
  private final PromotionPauses pauses = new PromotionPauses(() -> Instant.ofEpochMilli(now));

  @Test
  void thePauseGrowsWithTheCallsThatWereRead() {
    pauses.begin("small", 100);
    pauses.begin("large", 20_000);
    now += 499;
    assertThat(pauses.areOver("small")).isFalse();
    now += 1;
    assertThat(pauses.areOver("small")).isTrue();
    assertThat(pauses.areOver("large")).isFalse();
    now += 99_500;
    assertThat(pauses.areOver("large")).isTrue();
  }

  @Test
  void withoutCallsThereIsNoPause() {
    pauses.begin("new", 0);
    assertThat(pauses.areOver("new")).isTrue();
    assertThat(pauses.areOver("never seen")).isTrue();
  }

  @Test
  void aClockThatWasSetBackEndsThePause() {
    pauses.begin("large", 20_000);
    now -= 3_600_000;
    assertThat(pauses.areOver("large")).isTrue();
  }

  @Test
  void experimentsThatNoLongerRunAreForgotten() {
    pauses.begin("large", 20_000);
    pauses.retain(List.of("other"));
    assertThat(pauses.areOver("large")).isTrue();
  }
}
