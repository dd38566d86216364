package dev.serai.adapters.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/**
 * Takes out of a request what a provider of another dialect said to itself through this client: its
 * reasoning and its state. The provider at hand would refuse it, or worse, believe it. What it is
 * applied to is rare, so a tree is built.
 */
final class CarrierRemoval {
  private CarrierRemoval() {}

  /** The request without carriers; reasoning that is left out is noted. */
  static OpenAiRequest clean(OpenAiRequest request, DroppedFields dropped) {
    JsonNode root = StrictJson.tree(request.bytes());
    for (JsonNode message : root.path("messages")) {
      if (message instanceof ObjectNode object) {
        cleanMessage(object, dropped);
      }
    }
    return RequestReader.read(root.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void cleanMessage(ObjectNode message, DroppedFields dropped) {
    if (message.get(ReasoningDetails.NAME) instanceof ArrayNode details && removeFrom(details)) {
      dropped.add("messages.reasoning_content");
      message.remove("reasoning_content");
      if (details.isEmpty()) {
        message.remove(ReasoningDetails.NAME);
      }
    }
    for (JsonNode call : message.path("tool_calls")) {
      if (call instanceof ObjectNode object) {
        OpaqueStateCodec.plainId(object, "id");
      }
    }
    OpaqueStateCodec.plainId(message, "tool_call_id");
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
