package dev.serai.gateway.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.read.SettingsException;
import dev.serai.gateway.LogLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RetriedChangeTest {
  private final AtomicLong now = new AtomicLong();
  private final RetriedChange change = new RetriedChange("kept", now::get);
  private final List<String> tried = new ArrayList<>();
  private List<String> reasons = List.of("no database");

  private void attempt(String what) {
    change.attempt(
        what,
        () -> {
          tried.add(what);
          if (!reasons.isEmpty()) {
            throw new SettingsException(reasons);
          }
        });
  }

  private List<String> poll(int times, String what) {
    return LogLines.of(
        RetriedChange.class,
        () -> {
          for (int i = 0; i < times; i++) {
            attempt(what);
            now.addAndGet(Duration.ofMillis(500).toNanos());
          }
        });
  }

  @Test
  void aRefusedChangeIsTriedAgainEveryTenSecondsAndItsReasonIsLoggedOnce() {
    assertThat(poll(50, "a"))
        .containsExactly("SEVERE kept, and they are tried again every 10 s: [no database]");
    assertThat(tried).containsExactly("a", "a", "a");

    reasons = List.of("no folder");
    assertThat(poll(20, "a")).hasSize(1);
    reasons = List.of();
    assertThat(poll(20, "a")).isEmpty();
    assertThat(change.attempt("a", () -> tried.add("last"))).isTrue();
    assertThat(tried).endsWith("a", "last");
  }

  @Test
  void anotherChangeIsTriedAtOnce() {
    attempt("a");
    attempt("a");
    attempt("b");
    assertThat(tried).containsExactly("a", "b");
  }
}
