package dev.serai.adapters.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.Conversation.ToolResult;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.ToolCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the contents of a request. Clients that stream store the content of each event in their
 * history: contents of the same role that follow each other become one message, and the pieces of a
 * text or of reasoning become one. A call or result without an id is matched by its name and order.
 */
final class RequestContentReader {
  private final List<Message> messages = new ArrayList<>();
  private final Map<String, Deque<String>> openCalls = new HashMap<>();
  private final List<Part> parts = new ArrayList<>();
  private final StringBuilder thought = new StringBuilder();
  private Role speaker = Role.USER;
  private int calls;

  void system(ProtoFields content) {
    speaker = Role.SYSTEM;
    content.fields().ignore("role");
    content.objects("parts").forEach(this::part);
    endMessage();
  }

  List<Message> read(List<ProtoFields> contents) {
    for (ProtoFields content : contents) {
      Role role =
          switch (content.text("role").orElse("user")) {
            case "model" -> Role.ASSISTANT;
            case "user", "function", "tool", "" -> Role.USER;
            case "system" -> Role.SYSTEM;
            default -> throw RequestFields.wrongValue(content.pathOf("role"), "'user' or 'model'");
          };
      if (role != speaker) {
        endMessage();
        speaker = role;
      }
      content.objects("parts").forEach(this::part);
    }
    endMessage();
    return List.copyOf(messages);
  }

  private void endMessage() {
    endThought(Optional.empty());
    if (!parts.isEmpty()) {
      messages.add(Message.of(speaker, parts));
      parts.clear();
    }
  }

  private void part(ProtoFields part) {
    Optional<OpaqueState> state = part.text("thoughtSignature").flatMap(ThoughtSignatures::read);
    if (part.flag("thought")) {
      part.text("text").ifPresent(thought::append);
      if (state.isPresent()) {
        endThought(state);
      }
      return;
    }
    Optional<ProtoFields> call = part.object("functionCall");
    Optional<ProtoFields> response = part.object("functionResponse");
    if (call.isPresent()) {
      endThought(Optional.empty());
      parts.add(new ToolCallPart(call(call.get(), state)));
    } else if (response.isPresent()) {
      endMessage();
      messages.add(toolMessage(response.get()));
    } else {
      content(part);
      if (state.isPresent()) {
        endThought(state);
      }
    }
  }

  private void endThought(Optional<OpaqueState> state) {
    ResponsePartReader.endReasoning(thought, state, parts);
  }

  private void content(ProtoFields part) {
    Optional<String> text = part.text("text");
    if (text.isPresent()) {
      if (!text.get().isEmpty()) {
        endThought(Optional.empty());
        addText(text.get());
      }
      return;
    }
    Optional<Part> media = RequestMediaReader.read(part);
    endThought(Optional.empty());
    media.ifPresent(parts::add);
  }

  private void addText(String text) {
    boolean goesOn =
        speaker == Role.ASSISTANT && !parts.isEmpty() && parts.getLast() instanceof TextPart;
    if (goesOn) {
      TextPart before = (TextPart) parts.removeLast();
      parts.add(new TextPart(before.text() + text));
    } else {
      parts.add(new TextPart(text));
    }
  }

  private ToolCall call(ProtoFields call, Optional<OpaqueState> state) {
    String name = call.requiredText("name");
    String id = call.text("id").filter(given -> !given.isEmpty()).orElseGet(this::newId);
    openCalls.computeIfAbsent(name, _ -> new ArrayDeque<>()).add(id);
    String arguments =
        call.object("args").map(args -> args.fields().node().toString()).orElse("{}");
    return new ToolCall(id, name, arguments, state);
  }

  private String newId() {
    return "call_" + calls++;
  }

  private Message toolMessage(ProtoFields response) {
    String name = response.requiredText("name");
    Deque<String> open = openCalls.computeIfAbsent(name, _ -> new ArrayDeque<>());
    Optional<String> given = response.text("id").filter(id -> !id.isEmpty());
    given.ifPresent(open::remove);
    String id = given.or(() -> Optional.ofNullable(open.poll())).orElseGet(this::newId);
    Optional<JsonNode> result = response.any("response");
    List<Part> content = new ArrayList<>();
    content.add(new TextPart(result.map(RequestContentReader::resultText).orElse("")));
    for (ProtoFields part : response.objects("parts")) {
      RequestMediaReader.read(part).ifPresent(content::add);
    }
    boolean failed = result.map(RequestContentReader::isError).orElse(false);
    return new Message(
        Role.TOOL,
        content,
        Optional.of(name),
        Optional.empty(),
        Optional.of(new ToolResult(id, failed, Optional.empty())));
  }

  private static boolean isError(JsonNode response) {
    return response.size() == 1 && response.path("error").isTextual();
  }

  /**
   * The result of a tool. A result that is text is the only member of an object: {@code output},
   * {@code result} or {@code error}.
   */
  private static String resultText(JsonNode response) {
    if (response.size() == 1) {
      for (String name : List.of("output", "result", "error")) {
        if (response.path(name).isTextual()) {
          return response.path(name).textValue();
        }
      }
    }
    return response.toString();
  }
}
