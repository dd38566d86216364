package dev.serai.adapters.dialects.request;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.JsonMembers;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the models that a request names for the provider to use instead of its own: {@code models}
 * of OpenRouter and Perplexity, an array of names, and {@code fallbacks} of Anthropic's Messages,
 * an array of objects with a {@code model}.
 */
final class AlternativeModels {
  private static final List<String> NAMES = List.of("models", "fallbacks");

  private AlternativeModels() {}

  /** The names, in their order; empty if the request names none. */
  static List<String> of(JsonMembers request) {
    List<String> models = new ArrayList<>(0);
    for (String name : NAMES) {
      int place = request.find(name);
      if (place >= 0 && request.kind(place) == '[') {
        add(request, place, models);
      }
    }
    return models;
  }

  private static void add(JsonMembers request, int place, List<String> models) {
    byte[] bytes = request.bytes();
    JsonCursor cursor =
        new JsonCursor().over(bytes, request.valueStart(place), request.valueEnd(place));
    cursor.enterArray();
    while (cursor.nextElement()) {
      switch (cursor.peek()) {
        case '"' -> models.add(cursor.text());
        case '{' -> addModel(JsonMembers.read(bytes, cursor), models);
        default -> cursor.skip();
      }
    }
  }

  private static void addModel(JsonMembers fallback, List<String> models) {
    int model = fallback.find("model");
    if (model >= 0 && fallback.kind(model) == '"') {
      models.add(fallback.text(model));
    }
  }
}
