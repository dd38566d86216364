package dev.serai.core.fair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SerialTest {
  private final Serial serial = new Serial();
  private final List<String> log = new ArrayList<>();

  @Test
  void aTaskThatATaskGivesRunsAfterIt() {
    serial.run(
        () -> {
          serial.run(() -> log.add("second"));
          log.add("first");
        });
    assertThat(log).containsExactly("first", "second");
  }

  @Test
  void aTaskThatThrowsDoesNotStopTheOthers() {
    assertThatThrownBy(
            () ->
                serial.run(
                    () -> {
                      serial.run(() -> log.add("behind it"));
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    serial.run(() -> log.add("later"));
    assertThat(log).containsExactly("behind it", "later");
  }
}
