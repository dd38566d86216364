package dev.serai.adapters.dialects.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.media.DataUrl;
import dev.serai.adapters.dialects.media.InlineMedia;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.MediaSource;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.Conversation.ToolResult;
import dev.serai.core.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the messages of a request. Most clients send calls back without an id and results with the
 * tool's name only: calls are numbered, and a result belongs to the first open call of its name,
 * else to the first open call. For one conversation.
 */
final class RequestMessageReader {
  private final List<ToolCall> open = new ArrayList<>();
  private int calls;

  List<Message> read(List<RequestFields> messages) {
    List<Message> read = new ArrayList<>(messages.size());
    for (RequestFields message : messages) {
      read.add(read(message));
    }
    return read;
  }

  private Message read(RequestFields message) {
    String role = message.requiredText("role");
    return switch (role) {
      case "system" -> Message.of(Role.SYSTEM, content(message, "content"));
      case "user" -> Message.of(Role.USER, content(message, "content"));
      case "assistant" -> Message.of(Role.ASSISTANT, assistantParts(message));
      case "tool" ->
          new Message(
              Role.TOOL,
              content(message, "content"),
              Optional.empty(),
              Optional.empty(),
              Optional.of(new ToolResult(answered(message))));
      default ->
          throw RequestFields.wrongValue(message.pathOf("role"), "system, user, assistant or tool");
    };
  }

  /** Text and the images next to it. */
  static List<Part> content(RequestFields message, String name) {
    List<Part> parts = new ArrayList<>(1);
    message.text(name).filter(text -> !text.isEmpty()).ifPresent(t -> parts.add(new TextPart(t)));
    Optional<JsonNode> images = message.any("images");
    if (images.isPresent()) {
      for (JsonNode image : images.get()) {
        if (!image.isTextual()) {
          throw RequestFields.wrong(message.pathOf("images"), "an array of base64 texts");
        }
        MediaSource source = image(image.textValue()).source();
        parts.add(InlineMedia.part(source, Optional.empty(), Optional.empty()));
      }
    }
    return parts;
  }

  /** An image; its media type is derived from its first bytes. Some clients send a data URL. */
  static ImagePart image(String data) {
    return new ImagePart(
        DataUrl.parse(data).isPresent()
            ? DataUrl.read(data)
            : InlineMedia.of(InlineMedia.typeOf(data).orElse("image/png"), data, Optional.empty()),
        Optional.empty());
  }

  private List<Part> assistantParts(RequestFields message) {
    List<Part> parts = new ArrayList<>();
    message
        .text("thinking")
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> parts.add(new ReasoningPart(text)));
    parts.addAll(content(message, "content"));
    open.clear();
    for (RequestFields call : message.objects("tool_calls")) {
      ToolCall made = call(call);
      open.add(made);
      parts.add(new ToolCallPart(made));
    }
    return parts;
  }

  private ToolCall call(RequestFields call) {
    RequestFields function = call.requiredObject("function");
    call.ignore("type");
    function.ignore("index");
    String arguments =
        function
            .any("arguments")
            .map(given -> given.isTextual() ? given.textValue() : given.toString())
            .orElse("{}");
    int number = calls++;
    OpaqueStateCodec.CallId id =
        OpaqueStateCodec.callId(call.text("id").filter(t -> !t.isEmpty()).orElse("call_" + number));
    return new ToolCall(id.id(), function.requiredText("name"), arguments, id.state());
  }

  private String answered(RequestFields message) {
    message.ignore("tool_name", "name");
    Optional<String> given = message.text("tool_call_id").filter(id -> !id.isEmpty());
    if (given.isPresent()) {
      String id = OpaqueStateCodec.callId(given.get()).id();
      open.removeIf(call -> call.id().equals(id));
      return id;
    }
    String tool = message.text("tool_name").or(() -> message.text("name")).orElse("");
    for (ToolCall call : open) {
      if (call.name().equals(tool)) {
        open.remove(call);
        return call.id();
      }
    }
    return open.isEmpty() ? "call_" + tool : open.removeFirst().id();
  }
}
