package dev.serai.adapters.bedrock;

import dev.serai.adapters.json.JsonOut;
import dev.serai.adapters.tool.ToolArguments;
import dev.serai.adapters.translation.Dropped;
import dev.serai.core.chat.Conversation.Answered;
import dev.serai.core.chat.Conversation.Audio;
import dev.serai.core.chat.Conversation.CacheMark;
import dev.serai.core.chat.Conversation.Called;
import dev.serai.core.chat.Conversation.File;
import dev.serai.core.chat.Conversation.Image;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.Reasoning;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.Text;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.problem.CallerProblem;
import java.util.List;
import java.util.Optional;

/**
 * Writes messages as turns that alternate between user and assistant, beginning with the user's.
 * What follows in the same role goes into the same turn: so the results of parallel calls are one
 * user turn, as the dialect demands. System and developer messages are hoisted, wherever they
 * stand, in their order. Blank texts, which Bedrock refuses, are left out; a turn opens with its
 * first block, so that a message that says nothing leaves no trace. For one request.
 */
final class TurnWriter {
  private static final String USER = "user";
  private static final String ASSISTANT = "assistant";
  private static final String NO_FIRST_TURN = "(The assistant speaks first.)";
  private static final String NO_TEXT = "(See the document.)";

  private final JsonOut out;
  private final Dropped dropped;
  private final CacheMarks marks;
  private final MediaWriter media;
  private final Thoughts thoughts;
  private String open = "";
  private boolean hasText;
  private boolean hasDocument;

  TurnWriter(JsonOut out, Dropped dropped, CacheMarks marks, Thoughts thoughts) {
    this.out = out;
    this.dropped = dropped;
    this.marks = marks;
    this.thoughts = thoughts;
    this.media = new MediaWriter(out, dropped);
  }

  /** Writes {@code system}, if there is any, and {@code messages}. */
  void write(List<Message> messages, List<String> instructions) {
    boolean system = hasSystem(messages) || !instructions.isEmpty();
    boolean turns = hasTurns(messages);
    if (!system && !turns) {
      throw CallerProblem.invalid("messages", "The messages have no content.");
    }
    if (turns && system) {
      out.name("system").beginArray();
      writeSystem(messages, instructions);
      out.endArray();
    }
    out.name("messages").beginArray();
    if (turns) {
      for (int i = 0; i < messages.size(); i++) {
        turn(messages.get(i), i == messages.size() - 1);
      }
    } else {
      // Instructions alone are what the user says: the dialect wants at least one turn.
      inTurn(USER);
      writeSystem(messages, instructions);
    }
    closeTurn();
    out.endArray();
  }

  private static boolean isSystem(Message message) {
    return message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
  }

  private static boolean hasSystem(List<Message> messages) {
    return messages.stream().anyMatch(m -> isSystem(m) && hasContent(m));
  }

  private static boolean hasTurns(List<Message> messages) {
    return messages.stream()
        .anyMatch(
            m ->
                !isSystem(m)
                    && (hasContent(m)
                        || m.answered().isPresent()
                        || m.refusal().filter(text -> !text.isBlank()).isPresent()
                        || !m.toolCalls().isEmpty()));
  }

  private static boolean hasContent(Message message) {
    return message.content().stream().anyMatch(part -> !isBlank(part));
  }

  private static boolean isBlank(Part part) {
    return part instanceof Text text && text.text().isBlank();
  }

  private void writeSystem(List<Message> messages, List<String> instructions) {
    for (Message message : messages) {
      if (isSystem(message)) {
        noteName(message);
        for (Part part : message.content()) {
          if (part instanceof Text text) {
            if (!isBlank(part)) {
              text(text.text());
              marks.after(text.cache());
            }
          } else {
            dropped.add("messages.content");
          }
        }
      }
    }
    instructions.forEach(this::text);
  }

  private void turn(Message message, boolean last) {
    switch (message.role()) {
      case SYSTEM, DEVELOPER -> {}
      case USER -> userParts(message);
      case ASSISTANT -> assistant(message, last);
      case TOOL -> {
        if (message.answered().isPresent()) {
          toolResult(message.answered().get(), message.content());
        } else {
          userParts(message);
        }
      }
    }
  }

  private void userParts(Message message) {
    noteName(message);
    for (Part part : message.content()) {
      if (!isBlank(part)) {
        inTurn(USER);
        marks.after(content(part));
      }
    }
  }

  /** Writes a part that is neither thought nor call; gives the mark that stands behind it. */
  private Optional<CacheMark> content(Part part) {
    return switch (part) {
      case Text text -> {
        text(text.text());
        yield text.cache();
      }
      case Image image -> {
        media.image(image);
        yield image.cache();
      }
      case File file -> {
        hasDocument |= media.file(file);
        yield file.cache();
      }
      case Audio audio -> {
        media.audio(audio);
        yield Optional.empty();
      }
      case Called _, Reasoning _ -> throw new IllegalStateException("the assistant's alone");
    };
  }

  /** Marks cannot stand inside a result: they stand behind it. */
  private void toolResult(Answered answered, List<Part> parts) {
    inTurn(USER);
    boolean withText = hasText;
    boolean withDocument = hasDocument;
    Optional<CacheMark> mark = answered.cache();
    out.beginObject().name("toolResult").beginObject();
    out.member("toolUseId", ToolIds.plain(answered.callId())).name("content").beginArray();
    for (Part part : parts) {
      if (!isBlank(part)) {
        Optional<CacheMark> inside = content(part);
        mark = mark.isPresent() ? mark : inside;
      }
    }
    out.endArray();
    if (answered.failed()) {
      out.member("status", "error");
    }
    out.endObject().endObject();
    hasText = withText;
    hasDocument = withDocument;
    marks.after(mark);
  }

  private void assistant(Message message, boolean last) {
    noteName(message);
    boolean begun = last && message.toolCalls().isEmpty();
    for (Part part : message.parts()) {
      assistantPart(part, begun);
    }
    message
        .refusal()
        .filter(text -> !text.isBlank())
        .ifPresent(
            text -> {
              inTurn(ASSISTANT);
              text(text);
            });
  }

  /**
   * @param begun whether the answer is to be gone on with: it must not end in white space
   */
  private void assistantPart(Part part, boolean begun) {
    switch (part) {
      case Text text -> {
        if (!isBlank(part)) {
          inTurn(ASSISTANT);
          text(begun ? text.text().stripTrailing() : text.text());
          marks.after(text.cache());
        }
      }
      case Called called -> {
        inTurn(ASSISTANT);
        toolUse(called.call());
        marks.after(called.cache());
      }
      case Reasoning reasoning -> reasoning(reasoning);
      default -> dropped.add("messages.content");
    }
  }

  private void reasoning(Reasoning reasoning) {
    Optional<OpaqueState> state = reasoning.state();
    if (state.isPresent()) {
      if (!thoughts.areOurs(state.get())) {
        dropped.add("messages.reasoning_content");
        return;
      }
      inTurn(ASSISTANT);
      thoughts.write(out, reasoning.text(), state.get());
    } else if (!reasoning.text().isBlank()) {
      // Bedrock takes no unsigned thoughts; as text the model still sees them.
      dropped.add("messages.reasoning_content");
      inTurn(ASSISTANT);
      text(reasoning.text());
    }
  }

  private void toolUse(ToolCall call) {
    out.beginObject().name("toolUse").beginObject();
    out.member("toolUseId", ToolIds.plain(call.id())).member("name", call.name()).name("input");
    ToolArguments.write(out, call.arguments());
    out.endObject().endObject();
  }

  private void text(String text) {
    hasText = true;
    out.beginObject().member("text", text).endObject();
  }

  private void noteName(Message message) {
    if (message.name().isPresent()) {
      dropped.add("messages.name");
    }
  }

  private void inTurn(String role) {
    if (role.equals(open)) {
      return;
    }
    if (open.isEmpty() && role.equals(ASSISTANT)) {
      inTurn(USER);
      text(NO_FIRST_TURN);
    }
    closeTurn();
    out.beginObject().member("role", role).name("content").beginArray();
    open = role;
    hasText = false;
    hasDocument = false;
  }

  private void closeTurn() {
    if (open.isEmpty()) {
      return;
    }
    if (hasDocument && !hasText) {
      // A document alone is refused.
      text(NO_TEXT);
    }
    out.endArray().endObject();
  }
}
