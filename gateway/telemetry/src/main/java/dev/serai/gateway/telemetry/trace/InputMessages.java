package dev.serai.gateway.telemetry.trace;

import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Writes the text of a prompt as the value of {@code gen_ai.input.messages}, at most {@value
 * #MAX_CHARS} chars. Used only if the settings ask for content.
 */
final class InputMessages {
  private static final int MAX_CHARS = 32 * 1024;

  private final JsonWriter json = new JsonWriter();
  private int left = MAX_CHARS;

  private InputMessages() {}

  static String json(List<Message> messages) {
    InputMessages writer = new InputMessages();
    writer.json.beginArray();
    messages.forEach(writer::write);
    writer.json.endArray();
    return new String(writer.json.bytes(), StandardCharsets.UTF_8);
  }

  private void write(Message message) {
    json.beginObject().member("role", message.role().name().toLowerCase(Locale.ROOT));
    json.name("parts").beginArray();
    for (Part part : message.parts()) {
      if (part instanceof TextPart text && left > 0) {
        String shown = text.text().substring(0, Math.min(left, text.text().length()));
        left -= shown.length();
        json.beginObject().member("type", "text").member("content", shown).endObject();
      }
    }
    json.endArray().endObject();
  }
}
