package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.responses.ToolNames.Origin;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The items of an answer, whole. */
final class ItemWriter {
  /** Said when a provider reports a refusal without words. */
  static final String REFUSAL = "The model declined to answer.";

  private ItemWriter() {}

  /** Begins a message, up to and into its content. */
  static JsonWriter beginMessage(JsonWriter out, String id, String status) {
    out.beginObject().member("id", id).member("type", "message").member("status", status);
    return out.member("role", "assistant").name("content").beginArray();
  }

  /** Ends what {@link #beginMessage} began. */
  static JsonWriter endMessage(JsonWriter out) {
    return out.endArray().endObject();
  }

  static void text(JsonWriter out, String text) {
    out.beginObject().member("type", "output_text").member("text", text);
    out.name("annotations").beginArray().endArray();
    out.name("logprobs").beginArray().endArray().endObject();
  }

  static void refusal(JsonWriter out, String text) {
    out.beginObject().member("type", "refusal").member("refusal", text).endObject();
  }

  /** What was thought, with what its provider wants back with it, also where nobody asked. */
  static void reasoning(JsonWriter out, String id, String text, Optional<OpaqueState> state) {
    out.beginObject().member("id", id).member("type", "reasoning");
    out.name("summary").beginArray();
    if (!text.isEmpty()) {
      summary(out, text);
    }
    out.endArray();
    state.ifPresent(held -> out.member("encrypted_content", OpaqueStateCodec.encode(held)));
    out.endObject();
  }

  static void summary(JsonWriter out, String text) {
    out.beginObject().member("type", "summary_text").member("text", text).endObject();
  }

  /**
   * A call.
   *
   * @param callId by which the result will name it, which is not the item's id
   * @param arguments of a custom tool its input, else JSON
   */
  record Call(String id, String callId, Origin tool, String arguments) {}

  static void call(JsonWriter out, Call call, String status) {
    boolean custom = call.tool().custom();
    out.beginObject().member("id", call.id());
    out.member("type", custom ? "custom_tool_call" : "function_call").member("status", status);
    out.member("call_id", call.callId()).member("name", call.tool().name());
    call.tool().namespace().ifPresent(name -> out.member("namespace", name));
    out.member(custom ? "input" : "arguments", call.arguments()).endObject();
  }

  /** A custom tool's input, out of the arguments of the function that stands for it. */
  static String plainInput(String arguments) {
    try {
      JsonNode input =
          StrictJson.tree(arguments.getBytes(StandardCharsets.UTF_8)).path(ToolNames.INPUT);
      return input.isTextual() ? input.textValue() : arguments;
    } catch (MalformedInput e) {
      // A model may write what it likes: then that is the input.
      return arguments;
    }
  }
}
