package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.media.DataUrl;
import dev.serai.adapters.dialects.media.FileNames;
import dev.serai.adapters.dialects.media.UnsupportedContent;
import dev.serai.adapters.dialects.openaiapi.Quirk;
import dev.serai.adapters.dialects.tool.CustomTools;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.AudioPart;
import dev.serai.core.chat.Conversation.CacheMark;
import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.Conversation.MediaSource;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.Conversation.ToolResult;
import dev.serai.core.chat.Conversation.UploadedSource;
import dev.serai.core.chat.Conversation.UrlSource;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** Writes the messages of a request that came in another dialect. For one request. */
final class RequestMessageWriter {
  private static final String SHOWN_BELOW = "(The result is shown below.)";

  private final JsonWriter out;
  private final Destination destination;
  private final DroppedFields dropped;
  private final RequestReasoningWriter reasoning;
  private final CacheMarkWriter marks;
  private final List<Part> deferred = new ArrayList<>();
  private CustomTools custom = CustomTools.NONE;

  RequestMessageWriter(
      JsonWriter out, Destination destination, DroppedFields dropped, CacheMarkWriter marks) {
    this.out = out;
    this.destination = destination;
    this.dropped = dropped;
    this.reasoning = new RequestReasoningWriter(out, destination, dropped);
    this.marks = marks;
  }

  /**
   * Writes all messages, the calls of custom tools as such. A tool message holds only text here:
   * images and files of a tool's result follow as a user message.
   */
  void write(Conversation conversation) {
    custom = new CustomTools(conversation);
    for (Message message : conversation.messages()) {
      if (message.role() == Role.TOOL) {
        toolMessage(message);
      } else {
        writeDeferred();
        write(message);
      }
    }
    writeDeferred();
  }

  private void toolMessage(Message message) {
    List<Part> texts = new ArrayList<>(message.parts().size());
    for (Part part : message.parts()) {
      (part instanceof TextPart ? texts : deferred).add(part);
    }
    Optional<CacheMark> mark = message.toolResult().flatMap(ToolResult::cache);
    boolean all = texts.size() == message.parts().size();
    write(
        all && texts.size() < 2 && mark.isEmpty()
            ? message
            : new Message(
                Role.TOOL,
                List.of(joined(texts, mark)),
                message.name(),
                message.refusal(),
                message.toolResult()));
  }

  /** One text, a line each: many servers accept only a string as a result. */
  private static TextPart joined(List<Part> texts, Optional<CacheMark> ofResult) {
    StringJoiner lines = new StringJoiner("\n");
    Optional<CacheMark> mark = ofResult;
    for (Part part : texts) {
      if (part instanceof TextPart text) {
        lines.add(text.text());
        mark = mark.or(part::cache);
      }
    }
    return texts.isEmpty() ? new TextPart(SHOWN_BELOW, mark) : new TextPart(lines.toString(), mark);
  }

  /** Whether an assistant's message has nothing that can be sent: such a message is refused. */
  private static boolean isEmpty(Message message) {
    return message.role() == Role.ASSISTANT
        && message.refusal().isEmpty()
        && message.parts().stream()
            .noneMatch(part -> part instanceof TextPart || part instanceof ToolCallPart);
  }

  private void writeDeferred() {
    if (!deferred.isEmpty()) {
      write(Message.of(Role.USER, deferred));
      deferred.clear();
    }
  }

  private void write(Message given) {
    Message message = withoutRefusal(given);
    if (isEmpty(message)) {
      message.parts().forEach(this::leaveOut);
      return;
    }
    out.beginObject().member("role", role(message.role()));
    content(message);
    if (message.name().isPresent()) {
      name(message.name().get());
    }
    message.toolResult().ifPresent(call -> out.member("tool_call_id", call.callId()));
    message.refusal().ifPresent(text -> out.member("refusal", text));
    reasoning.members(message);
    if (!message.toolCalls().isEmpty()) {
      toolCalls(message);
    }
    out.endObject();
  }

  /** A refusal is text for a provider that does not accept it as a member. */
  private Message withoutRefusal(Message message) {
    if (message.refusal().isEmpty() || !Quirk.STRICT_MESSAGES.of(destination)) {
      return message;
    }
    List<Part> parts = new ArrayList<>(message.parts());
    parts.add(new TextPart(message.refusal().get()));
    return new Message(
        message.role(), parts, message.name(), Optional.empty(), message.toolResult());
  }

  private void leaveOut(Part part) {
    boolean thought = part instanceof ReasoningPart;
    dropped.add(thought ? "messages.reasoning_content" : "messages.content");
  }

  private void name(String name) {
    if (Quirk.NO_NAMES.of(destination)) {
      dropped.add("messages.name");
    } else {
      out.member("name", name);
    }
  }

  private String role(Role role) {
    return switch (role) {
      case SYSTEM -> "system";
      case DEVELOPER -> Quirk.NO_DEVELOPER_ROLE.of(destination) ? "system" : "developer";
      case USER -> "user";
      case ASSISTANT -> "assistant";
      case TOOL -> "tool";
    };
  }

  private void toolCalls(Message message) {
    out.name("tool_calls").beginArray();
    for (ToolCall call : message.toolCalls()) {
      ResponseWriter.beginToolCall(out, call.id(), call, custom.has(call.name()));
      CallState.write(out, call, destination);
      out.endObject();
    }
    out.endArray();
  }

  private void content(Message message) {
    List<Part> parts = message.content();
    if (message.role() == Role.ASSISTANT) {
      parts = parts.stream().filter(TextPart.class::isInstance).toList();
      if (parts.size() < message.content().size()) {
        dropped.add("messages.content");
      }
    }
    out.name("content");
    List<ReasoningPart> thinking = reasoning.contentParts(message);
    if (!thinking.isEmpty()) {
      out.beginArray();
      thinking.forEach(reasoning::contentPart);
      parts.forEach(this::part);
      out.endArray();
    } else if (parts.isEmpty() && message.role() == Role.ASSISTANT) {
      out.nullValue();
    } else if (parts.isEmpty()) {
      out.value("");
    } else if (parts.size() == 1
        && parts.getFirst() instanceof TextPart text
        && !marks.isWritten(text)) {
      out.value(text.text());
    } else {
      out.beginArray();
      parts.forEach(this::part);
      out.endArray();
    }
  }

  private void part(Part part) {
    out.beginObject();
    switch (part) {
      case TextPart text -> out.member("type", "text").member("text", text.text());
      case ReasoningPart _, ToolCallPart _ -> throw new IllegalStateException("no content");
      case ImagePart image -> image(image);
      case FilePart(InlineSource inline, var name, var _, var _) when inline.isText() ->
          out.member("type", "text").member("text", text(inline, name));
      case FilePart file -> file(file);
      case AudioPart audio -> {
        out.member("type", "input_audio").name("input_audio").beginObject();
        out.member("data", audio.base64()).member("format", audio.format()).endObject();
      }
    }
    marks.write(part.cache());
    out.endObject();
  }

  private void image(ImagePart image) {
    out.member("type", "image_url").name("image_url").beginObject();
    switch (image.source()) {
      case UrlSource remote -> out.member("url", remote.url());
      case InlineSource inline -> out.member("url", DataUrl.write(inline));
      case UploadedSource _ -> throw UnsupportedContent.problem("An uploaded image", destination);
    }
    image.detail().ifPresent(detail -> out.member("detail", detail));
    out.endObject();
  }

  private void file(FilePart file) {
    MediaSource source = file.source();
    out.member("type", "file").name("file").beginObject();
    switch (source) {
      case UploadedSource uploaded -> out.member("file_id", uploaded.fileId());
      case InlineSource inline -> {
        out.member("filename", FileNames.named(file.filename(), inline.mediaType()));
        out.member("file_data", DataUrl.write(inline));
      }
      case UrlSource _ -> throw UnsupportedContent.problem("A document by URL", destination);
    }
    out.endObject();
  }

  /** A text file becomes a text part: this dialect accepts only PDF as files. */
  private static String text(InlineSource inline, Optional<String> name) {
    try {
      byte[] text = Base64.getMimeDecoder().decode(inline.base64());
      String title = name.filter(given -> !given.isBlank()).map(given -> given + "\n").orElse("");
      return title + new String(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw CallerProblem.invalid("messages", "A file's data is not base64.");
    }
  }
}
