package dev.serai.adapters.dialects.tool;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.ToolCallStarted;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import java.util.function.Consumer;

/**
 * Restores the caller's names of tools in a reply to a request that {@link FittedConversation}
 * made. The reply to a request of the same dialect is not changed.
 */
public final class ToolNameRestorer {
  private ToolNameRestorer() {}

  /** A response with the caller's names. */
  public static ChatResponse response(
      ChatRequest request, VendorLimits limits, ChatResponse response) {
    boolean calls = response.choices().stream().anyMatch(c -> !c.toolCalls().isEmpty());
    if (!calls || request.dialect().equals(limits.dialect())) {
      return response;
    }
    ToolNames names = ToolNames.of(request.conversation(), limits.toolNames());
    return names.isEmpty()
        ? response
        : new ChatResponse(
            response.id(),
            response.model(),
            response.createdSeconds(),
            response.choices().stream().map(choice -> choice(choice, names)).toList(),
            response.usage(),
            response.dropped());
  }

  private static Choice choice(Choice choice, ToolNames names) {
    List<Part> parts = choice.parts().stream().map(part -> part(part, names)).toList();
    return new Choice(choice.index(), parts, choice.refusal(), choice.finish());
  }

  private static Part part(Part part, ToolNames names) {
    if (!(part instanceof ToolCallPart called)) {
      return part;
    }
    ToolCall call = called.call();
    return new ToolCallPart(
        new ToolCall(call.id(), names.own(call.name()), call.arguments(), call.state()),
        called.cache());
  }

  /** A decoder that emits the caller's names: the same one if no name was replaced. */
  public static ChatStreamDecoder stream(
      ChatRequest request, VendorLimits limits, ChatStreamDecoder decoder) {
    if (request.dialect().equals(limits.dialect())) {
      return decoder;
    }
    ToolNames names = ToolNames.of(request.conversation(), limits.toolNames());
    return names.isEmpty() ? decoder : new Restored(decoder, names);
  }

  private record Restored(ChatStreamDecoder decoder, ToolNames names) implements ChatStreamDecoder {
    @Override
    public void read(byte[] piece, Consumer<ChatEvent> events) {
      decoder.read(piece, event -> events.accept(restored(event)));
    }

    @Override
    public void end(Consumer<ChatEvent> events) {
      decoder.end(event -> events.accept(restored(event)));
    }

    private ChatEvent restored(ChatEvent event) {
      return event instanceof ToolCallStarted call
          ? new ToolCallStarted(
              call.choice(), call.index(), call.id(), names.own(call.name()), call.state())
          : event;
    }
  }
}
