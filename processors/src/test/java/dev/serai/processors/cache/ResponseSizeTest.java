package dev.serai.processors.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.detail.TextDetails;
import dev.serai.processors.support.stream.StreamedResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResponseSizeTest {
  private static final String LONG = "x".repeat(100_000);

  static List<ChatEvent> everythingThatMayBeLong() {
    return List.of(
        new ChatEvent.TextDelta(0, LONG),
        new ChatEvent.ReasoningDelta(0, LONG),
        new ChatEvent.RefusalDelta(0, LONG),
        new ChatEvent.ReasoningState(0, new OpaqueState("d", "p", "k", LONG)),
        new ChatEvent.TextDetailed(0, new TextDetails(List.of(), List.of(LONG))),
        new ChatEvent.TextDetailed(0, new TextDetails(List.of(LONG), List.of())),
        new ChatEvent.TextCited(0, List.of(LONG)),
        new ChatEvent.ToolArgumentsDelta(0, 0, LONG),
        new ChatEvent.ImageGenerated(
            0, new ImagePart(new InlineSource("image/png", LONG), Optional.empty())));
  }

  @ParameterizedTest
  @MethodSource("everythingThatMayBeLong")
  void everythingThatMayBeLongCountsInTheStreamAndInTheResponse(ChatEvent event) {
    assertThat(StreamedResponse.length(event)).isGreaterThanOrEqualTo(LONG.length());
    StreamedResponse collected = new StreamedResponse();
    collected.add(new ChatEvent.TextDelta(0, "text"));
    collected.add(event);
    ChatResponse response = collected.whole();
    assertThat(ResponseSize.of(response)).isGreaterThanOrEqualTo(2L * LONG.length());
  }
}
