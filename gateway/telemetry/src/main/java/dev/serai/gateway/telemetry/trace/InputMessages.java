package dev.serai.gateway.telemetry.trace;

import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.TextPart;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Writes the text of a prompt as the value of {@code gen_ai.input.messages}, at most {@value
 * #MAX_CHARS} chars. Used only if the settings ask for content.
 */
final class InputMessages {
  private static final int MAX_CHARS = 32 * 1024;

  private InputMessages() {}

  static String json(List<Message> messages) {
    StringBuilder json = new StringBuilder("[");
    int left = MAX_CHARS;
    for (Message message : messages) {
      String role = message.role().name().toLowerCase(Locale.ROOT);
      json.append(json.length() == 1 ? "" : ",").append("{\"role\":\"").append(role);
      json.append("\",\"parts\":[");
      String comma = "";
      for (Part part : message.parts()) {
        if (part instanceof TextPart text && left > 0) {
          String shown = text.text().substring(0, Math.min(left, text.text().length()));
          left -= shown.length();
          json.append(comma).append("{\"type\":\"text\",\"content\":\"");
          escape(json, shown);
          json.append("\"}");
          comma = ",";
        }
      }
      json.append("]}");
    }
    return json.append(']').toString();
  }

  private static void escape(StringBuilder json, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        json.append(c);
      }
    }
  }
}
