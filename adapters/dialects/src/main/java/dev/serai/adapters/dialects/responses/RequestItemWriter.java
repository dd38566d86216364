package dev.serai.adapters.dialects.responses;

import dev.serai.adapters.dialects.media.DataUrl;
import dev.serai.adapters.dialects.media.FileNames;
import dev.serai.adapters.dialects.media.UnsupportedContent;
import dev.serai.adapters.dialects.tool.CustomTools;
import dev.serai.adapters.dialects.tool.ToolArguments;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation.AudioPart;
import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.Conversation.ToolResult;
import dev.serai.core.chat.Conversation.UploadedSource;
import dev.serai.core.chat.Conversation.UrlSource;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes core messages as items of a request. For one request. */
final class RequestItemWriter {
  private final JsonWriter out;
  private final Destination destination;
  private final CustomTools custom;
  private final DroppedFields dropped;

  RequestItemWriter(
      JsonWriter out, Destination destination, CustomTools custom, DroppedFields dropped) {
    this.out = out;
    this.custom = custom;
    this.dropped = dropped;
    this.destination = destination;
  }

  void write(List<Message> messages) {
    for (Message message : messages) {
      if (message.role() != Role.TOOL) {
        dropped.addSpeaker(message);
      }
      switch (message.role()) {
        case SYSTEM -> writeMessage("system", message.parts());
        case DEVELOPER -> writeMessage("developer", message.parts());
        case USER -> writeMessage("user", message.parts());
        case ASSISTANT -> assistant(message);
        case TOOL -> message.toolResult().ifPresent(call -> result(call, message.parts()));
      }
    }
  }

  private void writeMessage(String role, List<Part> parts) {
    out.beginObject().member("type", "message").member("role", role);
    out.name("content").beginArray();
    parts.forEach(this::part);
    out.endArray().endObject();
  }

  private void assistant(Message message) {
    List<TextPart> texts = new ArrayList<>();
    for (Part part : message.parts()) {
      switch (part) {
        case TextPart text -> {
          if (!text.text().isEmpty() || message.toolCalls().isEmpty()) {
            texts.add(text);
          }
        }
        case ReasoningPart reasoning -> {
          message(texts, Optional.empty());
          reasoning(reasoning);
        }
        case ToolCallPart called -> {
          message(texts, Optional.empty());
          call(called);
        }
        case ImagePart _, FilePart _, AudioPart _ -> dropped.add("messages.content");
      }
    }
    message(texts, message.refusal());
  }

  private void message(List<TextPart> texts, Optional<String> refusal) {
    if (texts.isEmpty() && refusal.isEmpty()) {
      return;
    }
    out.beginObject().member("type", "message").member("role", "assistant");
    if (texts.size() == 1 && refusal.isEmpty()) {
      // Parts would make it an output item, which needs an id.
      out.member("content", texts.getFirst().text()).endObject();
      texts.clear();
      return;
    }
    out.name("content").beginArray();
    for (TextPart text : texts) {
      out.beginObject().member("type", "output_text").member("text", text.text()).endObject();
    }
    refusal.ifPresent(words -> ResponseItemWriter.refusal(out, words));
    out.endArray().endObject();
    texts.clear();
  }

  /** Reasoning is sent, with its state, only to the provider that made it. */
  private void reasoning(ReasoningPart reasoning) {
    Optional<OpaqueState> own =
        reasoning
            .state()
            .filter(state -> state.belongsTo(ResponsesDialect.NAME, destination.provider().name()));
    if (own.isEmpty()) {
      dropped.add("messages.reasoning_content");
      return;
    }
    out.beginObject().member("type", "reasoning").name("summary").beginArray();
    if (!reasoning.text().isEmpty()) {
      ResponseItemWriter.summary(out, reasoning.text());
    }
    out.endArray().member("encrypted_content", own.get().data()).endObject();
  }

  private void call(ToolCallPart called) {
    ToolCall call = called.call();
    boolean text = custom.has(call.name());
    out.beginObject().member("type", text ? "custom_tool_call" : "function_call");
    out.member("call_id", call.id()).member("name", call.name());
    if (text) {
      out.member("input", ToolArguments.text(call.arguments()));
    } else {
      out.member("arguments", call.arguments());
    }
    out.endObject();
  }

  private void result(ToolResult call, List<Part> parts) {
    boolean plain = custom.called(call.callId());
    out.beginObject().member("type", plain ? "custom_tool_call_output" : "function_call_output");
    out.member("call_id", call.callId());
    out.name("output");
    if (parts.isEmpty()) {
      out.value("");
    } else if (parts.size() == 1 && parts.getFirst() instanceof TextPart text) {
      out.value(text.text());
    } else {
      out.beginArray();
      parts.forEach(this::part);
      out.endArray();
    }
    out.endObject();
  }

  private void part(Part part) {
    out.beginObject();
    switch (part) {
      case TextPart text -> out.member("type", "input_text").member("text", text.text());
      case ImagePart image -> image(image);
      case FilePart file -> file(file);
      case AudioPart _ -> throw UnsupportedContent.problem("Audio", destination);
      case ReasoningPart _, ToolCallPart _ ->
          throw UnsupportedContent.problem(
              "Assistant content in another role's message", destination);
    }
    out.endObject();
  }

  private void image(ImagePart image) {
    out.member("type", "input_image");
    switch (image.source()) {
      case UrlSource remote -> out.member("image_url", remote.url());
      case InlineSource inline -> out.member("image_url", DataUrl.write(inline));
      case UploadedSource uploaded -> out.member("file_id", uploaded.fileId());
    }
    out.member("detail", image.detail().orElse("auto"));
  }

  private void file(FilePart file) {
    out.member("type", "input_file");
    switch (file.source()) {
      case UrlSource remote -> out.member("file_url", remote.url());
      case UploadedSource uploaded -> out.member("file_id", uploaded.fileId());
      case InlineSource inline -> {
        out.member("filename", FileNames.named(file.filename(), inline.mediaType()));
        out.member("file_data", DataUrl.write(inline));
      }
    }
  }
}
