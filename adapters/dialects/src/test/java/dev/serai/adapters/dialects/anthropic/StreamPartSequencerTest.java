package dev.serai.adapters.dialects.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.ToolArgumentsDelta;
import dev.serai.core.chat.ChatEvent.ToolCallStarted;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamPartSequencerTest {
  private static final String MEGABYTE = "a".repeat(1 << 20);

  private final StreamPartSequencer sequencer = new StreamPartSequencer();
  private final List<ChatEvent> passed = new ArrayList<>();

  private void accept(ChatEvent part) {
    sequencer.accept(part, passed::add);
  }

  private static ChatEvent started(int index) {
    return new ToolCallStarted(0, index, "call_" + index, "f");
  }

  @Test
  void anArgumentOfAnotherCallWaitsUntilTheCallIsComplete() {
    accept(started(0));
    accept(new ToolArgumentsDelta(0, 0, "{\"a\":"));
    accept(started(1));
    accept(new ToolArgumentsDelta(0, 1, "{}"));
    assertThat(passed).hasSize(2);
    accept(new ToolArgumentsDelta(0, 0, "1}"));
    assertThat(passed).hasSize(5);
  }

  @Test
  void aStreamWithTooMuchThatWaitsIsMalformedAndNoArgumentIsLost() {
    accept(started(0));
    accept(new ToolArgumentsDelta(0, 0, "{\"a\":"));
    accept(started(1));
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 9; i++) {
                accept(new ToolArgumentsDelta(0, 1, MEGABYTE));
              }
            })
        .isInstanceOf(MalformedInput.class);
  }

  @Test
  void whatHasPassedDoesNotCount() {
    for (int i = 0; i < 20; i++) {
      accept(started(2 * i));
      accept(new ToolArgumentsDelta(0, 2 * i, "{\"a\":\""));
      accept(started(2 * i + 1));
      accept(new ToolArgumentsDelta(0, 2 * i + 1, "{\"b\":\"" + MEGABYTE + "\"}"));
      accept(new ToolArgumentsDelta(0, 2 * i, "\"}"));
    }
    assertThat(passed).hasSize(100);
  }
}
