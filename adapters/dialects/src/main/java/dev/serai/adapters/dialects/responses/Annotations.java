package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Converts annotations: their offsets count from the beginning of a part's text in an item, and
 * from the beginning of a choice's text in core.
 */
final class Annotations {
  /** The members that are offsets. */
  private static final List<String> OFFSETS = List.of("start_index", "end_index", "index");

  private Annotations() {}

  /** The annotation of a part in core's terms. */
  static String ofChoice(JsonNode annotation, long partStart) {
    return shifted(annotation, partStart).toString();
  }

  /** The annotation of a choice's text as one of the part that begins there. */
  static String ofPart(String annotation, long partStart) {
    return shifted(tree(annotation), -partStart).toString();
  }

  /** The offset of the annotation; 0 if it has none. */
  static long offset(String annotation) {
    JsonNode tree = tree(annotation);
    return tree.path(OFFSETS.getFirst()).asLong(tree.path(OFFSETS.getLast()).asLong(0));
  }

  /** The length of a text, as offsets count it. */
  static long length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static JsonNode tree(String annotation) {
    return StrictJson.tree(annotation.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode shifted(JsonNode annotation, long by) {
    if (by == 0 || !(annotation instanceof ObjectNode)) {
      return annotation;
    }
    ObjectNode shifted = annotation.deepCopy();
    for (String name : OFFSETS) {
      if (shifted.path(name).canConvertToLong()) {
        shifted.put(name, Math.max(0, shifted.path(name).asLong() + by));
      }
    }
    return shifted;
  }
}
