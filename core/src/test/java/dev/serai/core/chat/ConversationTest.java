package dev.serai.core.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningSettings;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.Sampling;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.Conversation.ToolChoice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConversationTest {
  private static final Optional<Boolean> SERIAL = Optional.of(false);

  private static Message calls(String... tools) {
    List<Part> parts = Stream.of(tools).map(ConversationTest::call).toList();
    return Message.of(Role.ASSISTANT, parts);
  }

  private static Part call(String tool) {
    return new ToolCallPart(new ToolCall("id", tool, "{}"), Optional.empty());
  }

  @Test
  void aToolThatWasCalledTwiceIsNamedOnceAtItsFirstCall() {
    Conversation conversation =
        new Conversation(
            List.of(calls("second", "first"), calls("first", "third")),
            List.of(),
            new ToolChoice.None(),
            new ResponseFormat.Unset(),
            new Sampling(
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(),
                OptionalInt.empty(),
                ReasoningSettings.effort(Optional.empty()),
                Optional.empty()),
            Map.of());
    assertThat(conversation.calledTools()).containsExactly("second", "first", "third");
  }

  @Test
  void onlyAChoiceOfAToolOrOfAnyForcesACall() {
    assertThat(new ToolChoice.Required(SERIAL).forcesCall()).isTrue();
    assertThat(new ToolChoice.Named("look", SERIAL).forcesCall()).isTrue();
    assertThat(new ToolChoice.Auto(SERIAL).forcesCall()).isFalse();
    assertThat(new ToolChoice.Unset(SERIAL).forcesCall()).isFalse();
    assertThat(new ToolChoice.None().forcesCall()).isFalse();
  }

  @Test
  void aChoiceAgainstCallsSaysNothingOfSeveral() {
    assertThat(new ToolChoice.Auto(SERIAL).parallelCalls()).isEqualTo(SERIAL);
    assertThat(new ToolChoice.None().parallelCalls()).isEmpty();
  }

  @Test
  void aRefusalWithoutAnExplanationHasAText() {
    FinishReason refused = new FinishReason(FinishReason.Kind.REFUSAL, "refusal");
    FinishReason stopped = new FinishReason(FinishReason.Kind.STOP, "stop");
    assertThat(choice(Optional.of("No."), refused).refusalText()).contains("No.");
    assertThat(choice(Optional.empty(), refused).refusalText())
        .contains("The model refused to answer.");
    assertThat(choice(Optional.empty(), stopped).refusalText()).isEmpty();
  }

  private static ChatResponse.Choice choice(Optional<String> refusal, FinishReason finish) {
    return new ChatResponse.Choice(0, List.of(), refusal, finish);
  }
}
