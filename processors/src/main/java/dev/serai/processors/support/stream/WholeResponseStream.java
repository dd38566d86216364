package dev.serai.processors.support.stream;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.ChatStream;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.ToolCall;
import java.util.Optional;

/**
 * A whole response as the stream that the client asked for. All events are emitted when it is
 * opened, since they are in memory already. For one response; not thread-safe.
 */
public final class WholeResponseStream implements ChatStream {
  private final ChatResponse response;

  public WholeResponseStream(ChatResponse response) {
    this.response = response;
  }

  @Override
  public void open(Reader reader) {
    reader.onEvent(
        new ChatEvent.Started(response.id(), response.model(), response.createdSeconds()));
    response.dropped().forEach(name -> reader.onEvent(new ChatEvent.Dropped(name)));
    response.choices().forEach(choice -> emit(choice, reader));
    response.usage().ifPresent(usage -> reader.onEvent(new ChatEvent.UsageReported(usage)));
    for (Choice choice : response.choices()) {
      reader.onEvent(new ChatEvent.Finished(choice.index(), choice.finish()));
    }
    reader.onEvent(new ChatEvent.Ended());
    reader.onBatchEnd();
  }

  private static void emit(Choice choice, Reader reader) {
    if (!choice.details().isEmpty()) {
      reader.onEvent(new ChatEvent.TextDetailed(choice.index(), choice.details()));
    }
    int calls = 0;
    boolean cited = choice.parts().stream().anyMatch(WholeResponseStream::isCited);
    for (Part part : choice.parts()) {
      if (part instanceof ToolCallPart(ToolCall call, var _)) {
        emit(choice.index(), calls++, call, reader);
      } else {
        emit(choice.index(), part, reader);
        if (cited && part instanceof TextPart text) {
          reader.onEvent(new ChatEvent.TextCited(choice.index(), text.citations()));
        }
      }
    }
    Optional<String> refusal =
        choice.refusal().filter(text -> !choice.text().orElse("").equals(text));
    refusal.ifPresent(text -> reader.onEvent(new ChatEvent.RefusalDelta(choice.index(), text)));
  }

  private static boolean isCited(Part part) {
    return part instanceof TextPart text && !text.citations().isEmpty();
  }

  private static void emit(int choice, int index, ToolCall call, Reader reader) {
    reader.onEvent(
        new ChatEvent.ToolCallStarted(choice, index, call.id(), call.name(), call.state()));
    reader.onEvent(new ChatEvent.ToolArgumentsDelta(choice, index, call.arguments()));
  }

  private static void emit(int choice, Part part, Reader reader) {
    switch (part) {
      case TextPart text -> reader.onEvent(new ChatEvent.TextDelta(choice, text.text()));
      case ImagePart image -> reader.onEvent(new ChatEvent.ImageGenerated(choice, image));
      case ReasoningPart reasoning -> {
        if (!reasoning.text().isEmpty()) {
          reader.onEvent(new ChatEvent.ReasoningDelta(choice, reasoning.text()));
        }
        reasoning
            .state()
            .ifPresent(state -> reader.onEvent(new ChatEvent.ReasoningState(choice, state)));
      }
      default -> {
        // A response has no other parts.
      }
    }
  }

  @Override
  public void pause() {}

  @Override
  public void resume() {}

  @Override
  public void cancel() {}
}
