package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.media.DataUrl;
import dev.serai.adapters.dialects.media.InlineMedia;
import dev.serai.adapters.dialects.request.CacheMarks;
import dev.serai.adapters.dialects.request.MessageContent;
import dev.serai.adapters.dialects.tool.ToolArguments;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.chat.Conversation.AudioPart;
import dev.serai.core.chat.Conversation.CacheMark;
import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.MediaSource;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.Conversation.ToolResult;
import dev.serai.core.chat.Conversation.UploadedSource;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.problem.CallerProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the messages of a request. For one request, since the older function messages have no ids
 * and are matched by counting.
 */
final class RequestMessageReader {
  /** What {@link ReasoningDetails} reads where it has a meaning. */
  private static final List<String> REASONING = List.of("reasoning", "reasoning_content");

  private static final Set<String> TYPES = Set.of("text", "image_url", "input_audio", "file");
  private static final String CUSTOM = "custom";

  private int legacyCalls;

  List<Message> read(List<RequestFields> messages) {
    List<Message> read = new ArrayList<>(messages.size());
    for (RequestFields message : messages) {
      read.add(message(message));
    }
    return List.copyOf(read);
  }

  private Message message(RequestFields message) {
    String role = message.requiredText("role");
    Role speaker =
        switch (role) {
          case "system" -> Role.SYSTEM;
          case "developer" -> Role.DEVELOPER;
          case "user" -> Role.USER;
          case "assistant" -> Role.ASSISTANT;
          case "tool", "function" -> Role.TOOL;
          default ->
              throw RequestFields.wrongValue(
                  message.pathOf("role"),
                  "'system', 'developer', 'user', 'assistant', 'tool' or 'function'");
        };
    List<Part> parts = new ArrayList<>();
    Optional<String> refusal = content(message, parts).or(() -> message.text("refusal"));
    if (speaker == Role.ASSISTANT) {
      message.any(MessageImages.NAME).map(MessageImages::list).ifPresent(parts::addAll);
    }
    toolCalls(message, parts);
    message.ignore(REASONING);
    message.ignoreEmpty("annotations");
    Optional<ToolResult> answered = answered(message, role);
    if (answered.isEmpty()) {
      CacheMarks.moveToLast(message, parts);
    }
    List<Part> inOrder =
        speaker == Role.ASSISTANT
            ? ReasoningPlace.insert(ReasoningDetails.read(message), parts)
            : parts;
    Optional<String> name = message.text("name");
    return new Message(
        speaker, inOrder, speaker == Role.TOOL ? Optional.empty() : name, refusal, answered);
  }

  private Optional<ToolResult> answered(RequestFields message, String role) {
    return switch (role) {
      case "tool" -> {
        String id = OpaqueStateCodec.callId(message.requiredText("tool_call_id")).id();
        yield Optional.of(new ToolResult(id, false, CacheMarks.read(message)));
      }
      case "function" -> Optional.of(new ToolResult(legacyId(), false, CacheMarks.read(message)));
      default -> Optional.empty();
    };
  }

  private String legacyId() {
    return "call_function_" + legacyCalls;
  }

  private void toolCalls(RequestFields message, List<Part> parts) {
    for (RequestFields call : message.objects("tool_calls")) {
      String type = call.text("type").orElse("function");
      String id = call.requiredText("id");
      call.ignore("index");
      if (type.equals(CUSTOM)) {
        parts.add(customCall(id, call.requiredObject(CUSTOM), CacheMarks.read(call)));
      } else if (type.equals("function") || call.has("function")) {
        parts.add(toolCall(id, call.requiredObject("function"), CacheMarks.read(call)));
      } else {
        call.leaveOut(type);
      }
    }
    Optional<RequestFields> legacy = message.object("function_call");
    if (legacy.isPresent()) {
      legacyCalls++;
      parts.add(toolCall(legacyId(), legacy.get(), Optional.empty()));
    }
  }

  /** A call whose input is plain text, which becomes the only argument of a function. */
  private static ToolCallPart customCall(
      String id, RequestFields custom, Optional<CacheMark> mark) {
    OpaqueStateCodec.CallId own = OpaqueStateCodec.callId(id);
    String arguments = ToolArguments.ofText(custom.text("input").orElse(""));
    return new ToolCallPart(
        new ToolCall(own.id(), custom.requiredText("name"), arguments, own.state()), mark);
  }

  private static ToolCallPart toolCall(
      String id, RequestFields function, Optional<CacheMark> mark) {
    String arguments = function.text("arguments").orElse("");
    OpaqueStateCodec.CallId own = OpaqueStateCodec.callId(id);
    return new ToolCallPart(
        new ToolCall(
            own.id(), function.requiredText("name"), ToolArguments.given(arguments), own.state()),
        mark);
  }

  /** Adds the parts of a message's content; returns the refusal if one is among them. */
  private static Optional<String> content(RequestFields message, List<Part> parts) {
    return MessageContent.read(
        message, "content", parts, part -> part(part, MessageContent.isOfClient(message)));
  }

  /** Reads a part. One of another type is a mistake of the client, or left out. */
  private static Optional<Part> part(RequestFields part, boolean ofClient) {
    String type = part.requiredText("type");
    if (TYPES.contains(type) || ofClient) {
      return Optional.of(part(part));
    }
    if (type.equals(ReturnedReasoning.THINKING)) {
      return ResponseReader.content(part.node().path(type)).map(ReasoningPart::new);
    }
    part.leaveOut(type);
    return Optional.empty();
  }

  private static Part part(RequestFields part) {
    return switch (part.requiredText("type")) {
      case "text" -> new TextPart(part.requiredText("text"), CacheMarks.read(part));
      case "image_url" -> {
        RequestFields image = part.requiredObject("image_url");
        MediaSource source = DataUrl.read(image.requiredText("url"));
        yield InlineMedia.part(source, image.text("detail"), CacheMarks.read(part));
      }
      case "input_audio" -> {
        RequestFields audio = part.requiredObject("input_audio");
        yield new AudioPart(
            audio.requiredText("data"), InlineMedia.audioFormat(audio.requiredText("format")));
      }
      case "file" -> file(part.requiredObject("file"), CacheMarks.read(part));
      default ->
          throw RequestFields.wrong(
              part.pathOf("type"), "'text', 'image_url', 'input_audio', 'file' or 'refusal'");
    };
  }

  private static FilePart file(RequestFields file, Optional<CacheMark> mark) {
    Optional<String> name = file.text("filename");
    Optional<String> id = file.text("file_id");
    if (id.isPresent()) {
      return new FilePart(new UploadedSource(id.get()), name, mark);
    }
    String data =
        file.text("file_data")
            .orElseThrow(
                () ->
                    CallerProblem.invalid(
                        file.path(), "A file needs either 'file_id' or 'file_data'."));
    return DataUrl.file(data, name, mark);
  }
}
