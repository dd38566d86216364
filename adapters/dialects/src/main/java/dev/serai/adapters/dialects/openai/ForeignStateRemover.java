package dev.serai.adapters.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.function.UnaryOperator;

/**
 * Removes from a request the reasoning and opaque state that providers of other dialects sent back
 * through this client. The provider of this attempt would refuse them or misread them. Such
 * requests are rare, so a tree is built.
 */
final class ForeignStateRemover {
  private ForeignStateRemover() {}

  /**
   * The request without foreign state.
   *
   * @param fit makes a foreign id of a call one that the provider accepts
   * @param dropped receives reasoning that is left out
   */
  static OpenAiRequest clean(
      OpenAiRequest request, UnaryOperator<String> fit, DroppedFields dropped) {
    JsonNode root = StrictJson.tree(request.bytes());
    for (JsonNode message : root.path("messages")) {
      if (message instanceof ObjectNode object) {
        cleanMessage(object, fit, dropped);
      }
    }
    return RequestReader.read(root.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void cleanMessage(
      ObjectNode message, UnaryOperator<String> fit, DroppedFields dropped) {
    if (message.get(ReasoningDetails.NAME) instanceof ArrayNode details && removeFrom(details)) {
      dropped.add("messages.reasoning_content");
      message.remove("reasoning_content");
      if (details.isEmpty()) {
        message.remove(ReasoningDetails.NAME);
      }
    }
    for (JsonNode call : message.path("tool_calls")) {
      if (call instanceof ObjectNode object) {
        OpaqueStateCodec.plainId(object, "id", fit);
      }
    }
    OpaqueStateCodec.plainId(message, "tool_call_id", fit);
  }

  private static boolean removeFrom(ArrayNode details) {
    boolean removed = false;
    for (Iterator<JsonNode> each = details.elements(); each.hasNext(); ) {
      JsonNode detail = each.next();
      String carrier = detail.path("signature").asText(detail.path("data").asText(""));
      if (carrier.startsWith(OpaqueStateCodec.MARK)) {
        each.remove();
        removed = true;
      }
    }
    return removed;
  }
}
