package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.tool.ToolArguments;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a non-streaming response as {@code chat.completion}. Immutable. */
final class ResponseWriter {
  private final ClientTools tools;

  ResponseWriter(ClientTools tools) {
    this.tools = tools;
  }

  /**
   * @param nowSeconds used where the provider gave no time
   */
  byte[] write(ChatResponse response, long nowSeconds) {
    JsonWriter out = new JsonWriter(1024).beginObject();
    out.member("id", ResponseParts.id(response.id()));
    out.member("object", "chat.completion");
    long created = response.createdSeconds();
    out.member("created", created != 0 ? created : nowSeconds);
    out.member("model", response.model());
    out.name("choices").beginArray();
    for (Choice choice : response.choices()) {
      choice(out, choice);
    }
    out.endArray();
    response.usage().ifPresent(usage -> ResponseParts.usage(out, usage));
    return out.endObject().bytes();
  }

  private void choice(JsonWriter out, Choice choice) {
    out.beginObject().member("index", choice.index());
    out.name("message").beginObject().member("role", "assistant");
    textOrNull(out, "content", choice.text());
    textOrNull(out, "refusal", choice.refusalText());
    List<ImagePart> images = new ArrayList<>(0);
    for (Part part : choice.parts()) {
      if (part instanceof ImagePart image) {
        images.add(image);
      }
    }
    TextDetailsCodec.annotations(out, choice.details());
    MessageImages.write(out, 0, images);
    choice.reasoning().ifPresent(text -> out.member("reasoning_content", text));
    reasoningDetails(out, choice);
    if (!choice.toolCalls().isEmpty()) {
      toolCalls(out, choice);
    }
    out.endObject();
    TextDetailsCodec.logprobs(out, choice.details().logprobs());
    FinishReasons.write(out, choice.finish(), tools.areFunctions());
    out.endObject();
  }

  private static void reasoningDetails(JsonWriter out, Choice choice) {
    int blocks = 0;
    ReasoningPlace place = ReasoningPlace.BEGINNING;
    for (Part part : choice.parts()) {
      if (part instanceof ReasoningPart reasoning && reasoning.state().isPresent()) {
        if (blocks == 0) {
          out.name(ReasoningDetails.NAME).beginArray();
        }
        ReasoningDetails.write(out, blocks++, reasoning, place);
      }
      place = place.after(part);
    }
    if (blocks > 0) {
      out.endArray();
    }
  }

  private void toolCalls(JsonWriter out, Choice choice) {
    if (tools.areFunctions()) {
      // The older form has room for one call; parallel ones are not asked for.
      function(out, "function_call", choice.toolCalls().getFirst());
      return;
    }
    out.name("tool_calls").beginArray();
    for (ToolCall call : choice.toolCalls()) {
      String id = OpaqueStateCodec.callId(call.id(), call.state());
      toolCall(out, id, call, tools.isCustom(call.name()));
    }
    out.endArray();
  }

  /**
   * Writes a tool call, as in a response and in the history of a request.
   *
   * @param custom whether the tool's input is plain text
   */
  static void toolCall(JsonWriter out, String id, ToolCall call, boolean custom) {
    beginToolCall(out, id, call, custom);
    out.endObject();
  }

  /** Writes the members of a call into an object that is left open. */
  static void beginToolCall(JsonWriter out, String id, ToolCall call, boolean custom) {
    out.beginObject().member("id", id).member("type", custom ? "custom" : "function");
    if (custom) {
      out.name("custom").beginObject().member("name", call.name());
      out.member("input", ToolArguments.text(call.arguments())).endObject();
    } else {
      function(out, "function", call);
    }
  }

  private static void function(JsonWriter out, String member, ToolCall call) {
    out.name(member).beginObject().member("name", call.name());
    out.member("arguments", call.arguments()).endObject();
  }

  private static void textOrNull(JsonWriter out, String name, Optional<String> text) {
    out.name(name);
    if (text.isPresent()) {
      out.value(text.get());
    } else {
      out.nullValue();
    }
  }
}
