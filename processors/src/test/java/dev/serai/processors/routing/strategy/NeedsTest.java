package dev.serai.processors.routing.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.features.PromptOutline;
import dev.serai.core.model.Capability;
import dev.serai.core.model.Modality;
import dev.serai.core.model.ModelFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whether a model has what the content of a request needs. */
class NeedsTest {
  private static final int CONTEXT = 100;
  private static final String LONG = "word ".repeat(2 * CONTEXT);
  private static final String NO_ROOM = "its context length is " + CONTEXT + " tokens";
  private static final Part HELLO = new TextPart("Hello");
  private static final Tool SMALL = new Tool("f", Optional.empty(), "{}", false);

  private static Optional<String> lacking(Part part, List<Tool> tools) {
    return Needs.of(outline(part, tools, new ResponseFormat.Unset()))
        .lacking(facts(OptionalInt.of(CONTEXT), Set.of(), Set.of()));
  }

  private static ModelFacts facts(
      OptionalInt context, Set<Modality> input, Set<Capability> capabilities) {
    return new ModelFacts(context, OptionalInt.empty(), input, Set.of(), capabilities, Map.of());
  }

  private static PromptOutline outline(Part part, List<Tool> tools, ResponseFormat format) {
    Conversation conversation =
        new Conversation(
            List.of(Message.of(Role.ASSISTANT, List.of(part))),
            tools,
            new Conversation.ToolChoice.Unset(Optional.of(true)),
            format,
            Conversation.Sampling.UNSET,
            Map.of());
    return PromptOutline.of(conversation, true);
  }

  @Test
  void aShortRequestHasRoom() {
    assertThat(lacking(HELLO, List.of(SMALL))).isEmpty();
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

  @Test
  void onlyWhatARequestCannotDoWithoutIsNeeded() {
    Needs needs = Needs.of(outline(HELLO, List.of(SMALL), new ResponseFormat.JsonObject()));
    assertThat(needs.capabilities())
        .as("not streaming, parallel tools and JSON of any form")
        .containsExactly(Capability.TOOLS);
    assertThat(needs.input()).as("every model reads text").isEmpty();
    ModelFacts toolsOnly =
        facts(OptionalInt.empty(), Set.of(Modality.IMAGE), Set.of(Capability.TOOLS));
    assertThat(needs.lacking(toolsOnly)).isEmpty();
  }
}
