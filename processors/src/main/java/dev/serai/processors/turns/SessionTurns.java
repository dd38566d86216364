package dev.serai.processors.turns;

import dev.serai.core.chat.Conversation.AudioPart;
import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolResult;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.session.SessionFacts;
import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionMessage.Content;
import dev.serai.core.session.SessionMessage.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes messages of sessions from those of chats; {@link RecalledMessages} goes the other way. The
 * call of a tool is a message with its arguments as text; its result refers to it in its metadata.
 * Pure.
 */
final class SessionTurns {
  static final String CALL_ID = "tool_call_id";
  static final String NAME = "name";

  private SessionTurns() {}

  /**
   * What a client has said in a request, without system messages.
   *
   * @param metadata a JSON object that the texts get
   */
  static List<Content> ofRequest(List<Message> messages, String metadata) {
    List<Content> contents = new ArrayList<>(messages.size());
    for (Message message : messages) {
      if (!RecalledRequest.isSystem(message)) {
        add(contents, message, metadata);
      }
    }
    return contents;
  }

  private static void add(List<Content> contents, Message message, String metadata) {
    SessionMessage.Role role =
        SessionMessage.Role.valueOf(message.role().name().toUpperCase(Locale.ROOT));
    Optional<ToolResult> result = message.toolResult();
    if (result.isPresent()) {
      JsonWriter call =
          new JsonWriter().beginObject().member(CALL_ID, result.get().callId()).endObject();
      contents.add(content(role, Type.TOOL_RESULT, text(message), call));
      return;
    }
    String text = text(message);
    if (!text.isBlank()) {
      contents.add(new Content(role, Type.TEXT, cut(text), metadata, isLong(text), false));
    }
    message.toolCalls().forEach(call -> contents.add(content(call)));
  }

  private static String text(Message message) {
    StringBuilder text = new StringBuilder();
    for (Part part : message.parts()) {
      switch (part) {
        case TextPart plain -> text.append(plain.text());
        case ImagePart _ -> text.append("[image]");
        case FilePart _ -> text.append("[file]");
        case AudioPart _ -> text.append("[audio]");
        default -> {}
      }
    }
    return text.toString();
  }

  /** What a model has said. */
  static List<Content> ofResponse(TurnRecorder response, boolean complete) {
    List<Content> contents = new ArrayList<>(1);
    String text = response.text();
    boolean partial = !complete || response.isCut() || isLong(text);
    if (!text.isBlank()) {
      contents.add(
          new Content(
              SessionMessage.Role.ASSISTANT,
              Type.TEXT,
              cut(text),
              SessionFacts.EMPTY,
              partial,
              false));
    }
    if (complete && !response.isCut()) {
      response.calls().forEach(call -> contents.add(content(call)));
    }
    return contents;
  }

  private static Content content(ToolCall call) {
    JsonWriter metadata =
        new JsonWriter()
            .beginObject()
            .member(CALL_ID, call.id())
            .member(NAME, call.name())
            .endObject();
    return content(SessionMessage.Role.ASSISTANT, Type.TOOL_CALL, call.arguments(), metadata);
  }

  private static Content content(
      SessionMessage.Role role, Type type, String text, JsonWriter metadata) {
    String json = new String(metadata.bytes(), StandardCharsets.UTF_8);
    return new Content(role, type, cut(text), json, isLong(text), false);
  }

  private static boolean isLong(String text) {
    return text.length() > SessionMessage.MAX_BYTES;
  }

  private static String cut(String text) {
    return isLong(text) ? text.substring(0, SessionMessage.MAX_BYTES) : text;
  }
}
