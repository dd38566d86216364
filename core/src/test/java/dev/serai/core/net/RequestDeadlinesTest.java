package dev.serai.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestDeadlinesTest {
  @Test
  void theTimeThatAClientGrantsShortensDeadlinesAndLengthensNone() {
    Deadlines all = Deadlines.defaults();
    assertThat(granted(Duration.ofSeconds(20)).applyTo(all))
        .isEqualTo(
            new Deadlines(
                all.connect(),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                all.stall(),
                Duration.ofSeconds(20)));
    assertThat(granted(Duration.ofHours(1)).applyTo(all)).isEqualTo(all);
    assertThat(granted(Duration.ofSeconds(1)).setting("total")).contains("x-serai-timeout");
  }

  @Test
  void theTimeUntilAnotherCandidateIsAskedEndsWithTheFirstToken() {
    Deadlines all = Deadlines.defaults();
    Duration soon = Duration.ofMillis(1_200);
    RequestDeadlines escalating = RequestDeadlines.NONE.escalating(Optional.of(soon));
    assertThat(escalating.applyTo(all))
        .isEqualTo(new Deadlines(soon, soon, all.idle(), all.stall(), all.total()));
    assertThat(escalating.granted(all)).isEqualTo(all);
  }

  private static RequestDeadlines granted(Duration left) {
    return new RequestDeadlines(
        DeadlineOverrides.NONE, "", DeadlineOverrides.NONE, "model x/m", Optional.of(left));
  }
}
