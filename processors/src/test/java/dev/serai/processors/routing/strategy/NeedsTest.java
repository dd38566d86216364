package dev.serai.processors.routing.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.model.ModelFacts;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whether a request has room in the context of a model. */
class NeedsTest {
  private static final int CONTEXT = 100;
  private static final String LONG = "word ".repeat(CONTEXT);
  private static final String NO_ROOM = "its context length is " + CONTEXT + " tokens";
  private static final Part HELLO = new TextPart("Hello");

  private static Optional<String> lacking(Part part, List<Tool> tools) {
    return Needs.of(new Asked(part, tools))
        .lacking(
            new ModelFacts(
                OptionalInt.of(CONTEXT),
                OptionalInt.empty(),
                Set.of(),
                Set.of(),
                Set.of(),
                Map.of()));
  }

  @Test
  void aShortRequestHasRoom() {
    assertThat(lacking(HELLO, List.of(new Tool("f", Optional.empty(), "{}", false)))).isEmpty();
  }

  @Test
  void textsNeedRoom() {
    assertThat(lacking(new TextPart(LONG), List.of())).contains(NO_ROOM);
  }

  @Test
  void toolsNeedRoomToo() {
    Tool described = new Tool("f", Optional.of(LONG), "{}", false);
    Tool large = new Tool("f", Optional.empty(), "{\"title\":\"" + LONG + "\"}", false);
    assertThat(lacking(HELLO, List.of(described))).contains(NO_ROOM);
    assertThat(lacking(HELLO, List.of(large))).contains(NO_ROOM);
  }

  @Test
  void soDoTheArgumentsOfCalls() {
    ToolCall call = new ToolCall("a", "f", "{\"text\":\"" + LONG + "\"}");
    assertThat(lacking(new ToolCallPart(call), List.of())).contains(NO_ROOM);
  }

  private record Asked(Part part, List<Tool> tools) implements ChatRequest {
    @Override
    public String dialect() {
      return "words";
    }

    @Override
    public byte[] bytes() {
      return new byte[0];
    }

    @Override
    public String model() {
      return "fast";
    }

    @Override
    public boolean streaming() {
      return false;
    }

    @Override
    public boolean wantsUsage() {
      return false;
    }

    @Override
    public Conversation conversation() {
      return new Conversation(
          List.of(Message.of(Role.ASSISTANT, List.of(part))),
          tools,
          new Conversation.ToolChoice.Unset(Optional.empty()),
          new Conversation.ResponseFormat.Unset(),
          Conversation.Sampling.UNSET,
          Map.of());
    }
  }
}
