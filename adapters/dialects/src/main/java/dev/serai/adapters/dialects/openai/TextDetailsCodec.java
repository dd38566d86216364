package dev.serai.adapters.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.chat.detail.DetailSupport;
import dev.serai.core.chat.detail.TextDetails;
import dev.serai.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads and writes the details of a text: {@code annotations} of a message or a delta, and {@code
 * logprobs} of a choice. An annotation here has its members in an object that is named by its type;
 * in core it has them beside its type.
 */
final class TextDetailsCodec {
  private static final String ANNOTATIONS = "annotations";
  private static final String LOGPROBS = "logprobs";
  private static final String TYPE = "type";

  private TextDetailsCodec() {}

  /**
   * The details in an element of {@code choices} and its message or delta.
   *
   * @param support the details that the client can receive, at least log probabilities
   */
  static TextDetails read(JsonNode choice, JsonNode message, DetailSupport support) {
    JsonNode annotations = message.path(ANNOTATIONS);
    JsonNode logprobs = choice.path(LOGPROBS).path("content");
    if (annotations.isEmpty() && logprobs.isEmpty()) {
      return TextDetails.NONE;
    }
    List<String> sources = new ArrayList<>(annotations.size());
    for (JsonNode annotation : annotations) {
      if (support.has(annotation.path(TYPE).asText(""))) {
        sources.add(flat(annotation).toString());
      }
    }
    List<String> tokens = new ArrayList<>(logprobs.size());
    logprobs.forEach(token -> tokens.add(token.toString()));
    return new TextDetails(sources, tokens);
  }

  private static JsonNode flat(JsonNode annotation) {
    String type = annotation.path(TYPE).asText("");
    if (!annotation.path(type).isObject()) {
      return annotation;
    }
    ObjectNode flat = JsonNodeFactory.instance.objectNode().put(TYPE, type);
    annotation.properties().forEach(each -> flat.set(each.getKey(), each.getValue()));
    flat.remove(type);
    annotation.path(type).properties().forEach(each -> flat.set(each.getKey(), each.getValue()));
    return flat;
  }

  /** Writes the member {@code annotations}; nothing if there are none. */
  static void annotations(JsonWriter out, TextDetails details) {
    if (details.annotations().isEmpty()) {
      return;
    }
    out.name(ANNOTATIONS).beginArray();
    for (String annotation : details.annotations()) {
      out.json(nested(annotation).toString());
    }
    out.endArray();
  }

  private static JsonNode nested(String annotation) {
    JsonNode flat = StrictJson.tree(annotation.getBytes(StandardCharsets.UTF_8));
    String type = flat.path(TYPE).asText("");
    if (type.isEmpty()) {
      return flat;
    }
    ObjectNode nested = JsonNodeFactory.instance.objectNode().put(TYPE, type);
    ObjectNode members = nested.putObject(type);
    flat.properties().stream()
        .filter(each -> !each.getKey().equals(TYPE))
        .forEach(each -> members.set(each.getKey(), each.getValue()));
    return nested;
  }

  /** Writes the member {@code logprobs}: null if there are none. */
  static void logprobs(JsonWriter out, List<String> tokens) {
    out.name(LOGPROBS);
    if (tokens.isEmpty()) {
      out.nullValue();
      return;
    }
    out.beginObject().name("content").beginArray();
    tokens.forEach(out::json);
    out.endArray().name("refusal").nullValue().endObject();
  }
}
