package dev.serai.adapters.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.dialect.Destination;
import dev.serai.core.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/**
 * Forwards the bytes of a Gemini request. Removes the opaque state of providers of other dialects,
 * which Gemini would reject; a call that loses its signature gets the placeholder {@link
 * ThoughtSignatures#NONE}. This is rare, so it builds a tree.
 */
final class RequestSplicer {
  private static final List<String> NAMES = List.of("thoughtSignature", "thought_signature");

  private RequestSplicer() {}

  /**
   * The bytes for the provider: the same array if nothing changes. Reasoning that is removed is
   * reported as dropped.
   */
  static byte[] splice(ChatRequest request, Destination destination, DroppedFields dropped) {
    byte[] bytes = withoutForeignState(request, ModelTraits.of(destination), dropped);
    return Quirk.NO_CALL_IDS.of(destination)
        ? StrictContents.splice(ResultOrder.splice(bytes))
        : bytes;
  }

  private static byte[] withoutForeignState(
      ChatRequest request, ModelTraits traits, DroppedFields dropped) {
    if (!(request instanceof GeminiRequest own) || !own.carriesForeignState()) {
      return request.bytes();
    }
    JsonNode root = StrictJson.tree(request.bytes());
    boolean changed = false;
    for (JsonNode content : several(root.path("contents"))) {
      JsonNode parts = content.path("parts");
      if (parts instanceof ArrayNode list) {
        changed |= clean(list, traits, dropped);
      } else if (parts instanceof ObjectNode one && content instanceof ObjectNode owner) {
        changed |= clean(owner.putArray("parts").add(one), traits, dropped);
      }
    }
    return changed ? root.toString().getBytes(StandardCharsets.UTF_8) : request.bytes();
  }

  /** The elements of an array; an object without the array is the only element. */
  private static Iterable<JsonNode> several(JsonNode node) {
    return node.isObject() ? List.of(node) : node;
  }

  private static boolean clean(ArrayNode parts, ModelTraits traits, DroppedFields dropped) {
    boolean changed = false;
    for (Iterator<JsonNode> each = parts.elements(); each.hasNext(); ) {
      if (each.next() instanceof ObjectNode part && removeFrom(part)) {
        changed = true;
        if (part.path("thought").asBoolean(false)) {
          each.remove();
          dropped.add("contents.parts.thought");
        } else if (traits.requiresSignatures() && isCall(part)) {
          part.put(NAMES.getFirst(), ThoughtSignatures.NONE);
        }
      }
    }
    return changed;
  }

  private static boolean isCall(ObjectNode part) {
    return part.has("functionCall") || part.has("function_call");
  }

  private static boolean removeFrom(ObjectNode part) {
    boolean removed = false;
    for (String name : NAMES) {
      if (ThoughtSignatures.carried(part.path(name).asText("")).isPresent()) {
        part.remove(name);
        removed = true;
      }
    }
    return removed;
  }
}
