package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.chat.ChatEvent;
import java.util.function.Consumer;

/** An image that OpenAI's own tool makes: emitted once, when it is complete. Not thread-safe. */
final class DecodedImage implements DecodedItem {
  private boolean emitted;

  /** What comes before it is complete are its states and previews. */
  @Override
  public void take(JsonNode event, Consumer<ChatEvent> events) {}

  @Override
  public void complete(JsonNode item, Consumer<ChatEvent> events) {
    if (!emitted) {
      ResponseReader.image(item)
          .ifPresent(
              image -> {
                emitted = true;
                events.accept(new ChatEvent.ImageGenerated(0, image));
              });
    }
  }

  @Override
  public void end(Consumer<ChatEvent> events) {}
}
