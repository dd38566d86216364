package dev.serai.core.cache.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningSettings;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.Sampling;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.chat.Conversation.UrlSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Which calls may get the response to another question. */
class MeaningPolicyTest {
  private static final MeaningPolicy POLICY = new MeaningPolicy(0.5);
  private static final Message SYSTEM = message(Role.SYSTEM, new TextPart("Be brief."));
  private static final Message QUESTION = message(Role.USER, new TextPart("Why?"));
  private static final Part IMAGE = new ImagePart(new UrlSource("https://a/b"), Optional.empty());

  private static Message message(Role role, Part... parts) {
    return Message.of(role, List.of(parts));
  }

  private static Conversation conversation(
      List<Message> messages, List<Tool> tools, OptionalDouble temperature) {
    Sampling sampling =
        new Sampling(
            temperature,
            OptionalDouble.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            List.of(),
            OptionalInt.empty(),
            ReasoningSettings.UNSET,
            Optional.empty());
    return new Conversation(
        messages,
        tools,
        new ToolChoice.Unset(Optional.empty()),
        new ResponseFormat.Unset(),
        sampling,
        Map.of());
  }

  private static Optional<String> compared(Message... messages) {
    return POLICY.compared(
        conversation(List.of(messages), List.of(), OptionalDouble.empty()), false);
  }

  @Test
  void theLastMessageOfTheUserIsCompared() {
    assertThat(compared(SYSTEM, QUESTION)).contains("Why?");
    assertThat(compared(QUESTION, message(Role.ASSISTANT, new TextPart("So.")), QUESTION))
        .contains("Why?");
  }

  @Test
  void aConversationThatEndsOtherwiseIsNotCompared() {
    assertThat(compared()).isEmpty();
    assertThat(compared(SYSTEM)).isEmpty();
    assertThat(compared(QUESTION, message(Role.ASSISTANT, new TextPart("So")))).isEmpty();
    assertThat(compared(message(Role.USER, new TextPart("Why"), new TextPart("?")))).isEmpty();
  }

  @Test
  void imagesAndToolsAreNotCompared() {
    assertThat(compared(message(Role.USER, IMAGE))).isEmpty();
    assertThat(compared(message(Role.USER, IMAGE), QUESTION)).isEmpty();
    Tool tool = new Tool("f", Optional.empty(), "{}", false);
    Conversation withTool = conversation(List.of(QUESTION), List.of(tool), OptionalDouble.empty());
    assertThat(POLICY.compared(withTool, true)).isEmpty();
  }

  @Test
  void aHighTemperatureIsComparedOnlyIfTheCallHasAskedForIt() {
    Conversation hot = conversation(List.of(QUESTION), List.of(), OptionalDouble.of(0.6));
    assertThat(POLICY.compared(hot, false)).isEmpty();
    assertThat(POLICY.compared(hot, true)).contains("Why?");
    Conversation mild = conversation(List.of(QUESTION), List.of(), OptionalDouble.of(0.5));
    assertThat(POLICY.compared(mild, false)).contains("Why?");
  }
}
