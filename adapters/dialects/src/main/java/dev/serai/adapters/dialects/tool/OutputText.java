package dev.serai.adapters.dialects.tool;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.request.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The text of a streamed response whose structured output may be the call of a tool. Text beside
 * that call would make the output invalid JSON. So text that does not begin as JSON is held until
 * the call, which replaces it, or until something else shows that it is the response. Other
 * requests' text is emitted at once. For one stream; not thread-safe.
 */
public final class OutputText {
  private final List<ChatEvent> held = new ArrayList<>(0);
  private boolean waits;
  private boolean answered;

  /** The text of the response to that request. */
  public OutputText(ChatRequest request) {
    waits = request.conversation().responseFormat() instanceof ResponseFormat.JsonSchema;
  }

  /**
   * Emits text, or an event about text.
   *
   * @return false if it is left out, since the output has arrived
   */
  public boolean emit(ChatEvent event, Consumer<ChatEvent> events) {
    if (answered) {
      return false;
    }
    if (waits && event instanceof ChatEvent.TextDelta text) {
      String said = text.text().stripLeading();
      waits = !held.isEmpty() || !said.startsWith("{") && !said.startsWith("[");
    }
    if (waits) {
      held.add(event);
    } else {
      events.accept(event);
    }
    return true;
  }

  /** The text is part of the response: emits what is held, and then all at once. */
  public void release(Consumer<ChatEvent> events) {
    waits = false;
    held.forEach(events);
    held.clear();
  }

  /**
   * The output begins, and replaces the text.
   *
   * @return whether text is left out
   */
  public boolean replace() {
    boolean any = !held.isEmpty();
    held.clear();
    answered = true;
    return any;
  }
}
