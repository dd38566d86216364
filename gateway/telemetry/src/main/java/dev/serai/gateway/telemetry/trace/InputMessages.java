package dev.serai.gateway.telemetry.trace;

import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.TextPart;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The text of a prompt as the value of {@code gen_ai.input.messages}: only for those who asked for
 * it. Text only, and no more than {@value #MOST_CHARS} chars of it.
 */
final class InputMessages {
  private static final int MOST_CHARS = 32 * 1024;

  private InputMessages() {}

  static String json(List<Message> messages) {
    StringBuilder json = new StringBuilder("[");
    int left = MOST_CHARS;
    for (Message message : messages) {
      String role = message.role().name().toLowerCase(Locale.ROOT);
      json.append(json.length() == 1 ? "" : ",").append("{\"role\":\"").append(role);
      json.append("\",\"parts\":[");
      String comma = "";
      for (Part part : message.parts()) {
        if (part instanceof TextPart text && left > 0) {
          String kept = text.text().substring(0, Math.min(left, text.text().length()));
          left -= kept.length();
          json.append(comma).append("{\"type\":\"text\",\"content\":\"");
          escape(json, kept);
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
