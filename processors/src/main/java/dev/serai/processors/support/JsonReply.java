package dev.serai.processors.support;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import java.nio.charset.StandardCharsets;

/** Small JSON answers that steps write themselves. */
public final class JsonReply {
  private JsonReply() {}

  /** The text as a 200. */
  public static Reply of(String json) {
    return new Reply.Complete(
        200,
        new HeaderFields().add("content-type", "application/json"),
        json.getBytes(StandardCharsets.UTF_8));
  }

  /** A text as a JSON string; control characters are left out. */
  public static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c >= ' ') {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
