package dev.serai.processors.models;

import dev.serai.core.http.Headers;
import dev.serai.core.http.Reply;
import dev.serai.processors.support.JsonReply;
import java.util.Map;

/** How an API tells of models: all that callers may ask for, or one. Thread-safe. */
interface ModelShape {
  /** A list of them, never cut into pages: by name, with the provider each belongs to. */
  String list(Map<String, String> models);

  /** One of them. */
  String one(String name, String owner);

  /** What is at a path, which is the list's own or goes on with a name. */
  default Reply answer(ModelNames names, String path, String root) {
    if (path.length() <= root.length() + 1) {
      return JsonReply.of(list(names.all()));
    }
    Map.Entry<String, String> found = names.find(path.substring(root.length() + 1));
    return JsonReply.of(one(found.getKey(), found.getValue()));
  }

  /** The shape that Gemini's clients read. */
  static boolean isGeminis(Headers headers) {
    return headers.first("x-goog-api-client").isPresent()
        || headers.first("x-goog-api-key").isPresent();
  }

  /** The shape that Anthropic's clients read. */
  static boolean isAnthropics(Headers headers) {
    return headers.first("anthropic-version").isPresent();
  }
}
