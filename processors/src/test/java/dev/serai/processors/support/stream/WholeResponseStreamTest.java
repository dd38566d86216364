package dev.serai.processors.support.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.TextCited;
import dev.serai.core.chat.ChatEvent.TextDelta;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.ChatStream;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.FinishReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WholeResponseStreamTest {
  private static final List<String> CITATIONS = List.of("{\"type\":\"char_location\"}");

  private static List<ChatEvent> texts(Part... parts) {
    Choice choice = new Choice(0, List.of(parts), Optional.empty(), FinishReason.of("stop"));
    List<ChatEvent> heard = new ArrayList<>();
    new WholeResponseStream(
            new ChatResponse("id", "m", 0, List.of(choice), Optional.empty(), List.of()))
        .open(
            new ChatStream.Reader() {
              @Override
              public void onEvent(ChatEvent event) {
                if (event instanceof TextDelta || event instanceof TextCited) {
                  heard.add(event);
                }
              }

              @Override
              public void onBatchEnd() {}
            });
    return heard;
  }

  @Test
  void eachBlockOfTextKeepsItsCitations() {
    assertThat(
            texts(
                new TextPart("As said, "), new TextPart("it is so.", Optional.empty(), CITATIONS)))
        .containsExactly(
            new TextDelta(0, "As said, "),
            new TextCited(0, List.of()),
            new TextDelta(0, "it is so."),
            new TextCited(0, CITATIONS));
    assertThat(texts(new TextPart("It is so."))).containsExactly(new TextDelta(0, "It is so."));
  }
}
