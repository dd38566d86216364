package dev.serai.adapters.dialects.responses;

import dev.serai.adapters.dialects.responses.ToolMapping.Kind;
import dev.serai.adapters.dialects.responses.ToolMapping.Origin;
import dev.serai.adapters.dialects.tool.ToolArguments;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.json.JsonWriter;
import java.util.Optional;

/** Writes the items of a response. */
final class ResponseItemWriter {
  /** The type of an item that is an image: a call of OpenAI's own tool that makes images. */
  static final String IMAGE = "image_generation_call";

  private ResponseItemWriter() {}

  /** Begins a message, up to and into its content. */
  static JsonWriter beginMessage(JsonWriter out, String id, String status) {
    out.beginObject().member("id", id).member("type", "message").member("status", status);
    return out.member("role", "assistant").name("content").beginArray();
  }

  /** Ends the message that {@link #beginMessage} began. */
  static JsonWriter endMessage(JsonWriter out) {
    return out.endArray().endObject();
  }

  static void text(JsonWriter out, String text, PartDetails details) {
    out.beginObject().member("type", "output_text").member("text", text);
    details.writeAnnotations(out);
    details.writeLogprobs(out);
    out.endObject();
  }

  static void refusal(JsonWriter out, String text) {
    out.beginObject().member("type", "refusal").member("refusal", text).endObject();
  }

  /** Writes reasoning with its opaque state, whether or not the client asked for the state. */
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
   * An image that the model made.
   *
   * @param image empty until it is complete
   */
  static void image(JsonWriter out, String id, String status, Optional<InlineSource> image) {
    out.beginObject().member("id", id).member("type", IMAGE).member("status", status);
    if (image.isPresent()) {
      String type = image.get().mediaType();
      out.member("output_format", type.substring(type.indexOf('/') + 1));
      out.member("result", image.get().base64());
    } else {
      out.nullMember("result");
    }
    out.endObject();
  }

  /**
   * A tool call.
   *
   * @param callId the id that the tool's result refers to, which is not the item's id
   * @param arguments JSON; for a custom tool its plain input
   */
  record Call(String id, String callId, Origin tool, String arguments) {}

  /** The id of an item that calls a tool. */
  static String callItemId(Origin tool) {
    return ResponseIds.make(
        switch (tool.kind()) {
          case FUNCTION -> "fc_";
          case CUSTOM -> "ctc_";
          case SEARCH -> "tsc_";
        });
  }

  static void call(JsonWriter out, Call call, String status) {
    Origin tool = call.tool();
    String type =
        switch (tool.kind()) {
          case FUNCTION -> "function_call";
          case CUSTOM -> "custom_tool_call";
          case SEARCH -> "tool_search_call";
        };
    out.beginObject().member("id", call.id()).member("type", type).member("status", status);
    out.member("call_id", call.callId());
    if (tool.kind() == Kind.SEARCH) {
      out.member("execution", "client").name("arguments");
      ToolArguments.write(out, call.arguments());
      out.endObject();
      return;
    }
    out.member("name", tool.name());
    tool.namespace().ifPresent(name -> out.member("namespace", name));
    out.member(tool.custom() ? "input" : "arguments", call.arguments()).endObject();
  }
}
