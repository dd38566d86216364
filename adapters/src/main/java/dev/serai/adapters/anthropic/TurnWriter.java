package dev.serai.adapters.anthropic;

import dev.serai.adapters.anthropic.CacheMarks.Area;
import dev.serai.adapters.json.JsonOut;
import dev.serai.adapters.translation.Dropped;
import dev.serai.core.chat.Conversation.Called;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.Reasoning;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.Text;
import dev.serai.core.port.Dialect.Target;
import dev.serai.core.problem.CallerProblem;
import java.util.List;
import java.util.Optional;

/**
 * Writes messages as turns that alternate between user and assistant, beginning with the user's.
 * What follows in the same role goes into the same turn: so the results of parallel calls are one
 * user turn, as the dialect demands. System and developer messages are hoisted, wherever they
 * stand, in their order. A turn opens with its first block: a message that says nothing leaves no
 * trace.
 */
final class TurnWriter {
  private static final String USER = "user";
  private static final String ASSISTANT = "assistant";
  private static final String NO_FIRST_TURN = "(The assistant speaks first.)";

  private final JsonOut out;
  private final BlockWriter blocks;
  private final Dropped dropped;
  private final Target target;
  private String open = "";

  TurnWriter(JsonOut out, Target target, CacheMarks marks, Dropped dropped) {
    this.out = out;
    this.target = target;
    this.dropped = dropped;
    this.blocks = new BlockWriter(out, marks, dropped);
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
    for (Message message : messages) {
      if (isSystem(message) && hasContent(message)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasTurns(List<Message> messages) {
    for (Message message : messages) {
      if (!isSystem(message)
          && (hasContent(message)
              || message.answered().isPresent()
              || message.refusal().isPresent()
              || !message.toolCalls().isEmpty())) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasContent(Message message) {
    for (Part part : message.content()) {
      if (!BlockWriter.isBlank(part)) {
        return true;
      }
    }
    return false;
  }

  private void writeSystem(List<Message> messages, List<String> instructions) {
    for (Message message : messages) {
      if (isSystem(message)) {
        noteName(message);
        textsOnly(message);
      }
    }
    instructions.forEach(blocks::text);
  }

  private void turn(Message message, boolean last) {
    switch (message.role()) {
      case SYSTEM, DEVELOPER -> {}
      case USER -> {
        noteName(message);
        userParts(message);
      }
      case ASSISTANT -> assistant(message, last);
      case TOOL -> {
        if (message.answered().isPresent()) {
          inTurn(USER);
          blocks.toolResult(message.answered().get(), message.parts());
        } else {
          userParts(message);
        }
      }
    }
  }

  private void userParts(Message message) {
    for (Part part : message.parts()) {
      if (!BlockWriter.isBlank(part)) {
        inTurn(USER);
        blocks.part(part);
      }
    }
  }

  private void assistant(Message message, boolean last) {
    noteName(message);
    boolean begun = last && message.toolCalls().isEmpty();
    Optional<String> refusal = message.refusal().filter(text -> !text.isBlank());
    for (Part part : message.parts()) {
      switch (part) {
        case Reasoning thought -> thought(thought);
        case Text text -> assistantText(text, begun);
        case Called called -> {
          refusal.ifPresent(this::assistantText);
          refusal = Optional.empty();
          inTurn(ASSISTANT);
          blocks.toolUse(called);
        }
        default -> dropped.add("messages.content");
      }
    }
    refusal.ifPresent(this::assistantText);
  }

  /** Thinking goes back signed by whom it is going back to, or not at all. */
  private void thought(Reasoning thought) {
    if (thought.state().isPresent() && Thoughts.belong(thought, target)) {
      inTurn(ASSISTANT);
      blocks.thought(thought.text(), thought.state().get());
    } else if (!thought.text().isBlank() || thought.state().isPresent()) {
      dropped.add("messages.reasoning_content");
    }
  }

  private void assistantText(String text) {
    inTurn(ASSISTANT);
    blocks.text(text);
  }

  /** An answer to be gone on with must not end in white space. */
  private void assistantText(Text text, boolean begun) {
    if (!text.text().isBlank()) {
      inTurn(ASSISTANT);
      blocks.text(begun ? text.text().stripTrailing() : text.text(), text, Area.TURNS);
    }
  }

  /** Instructions are text and nothing else. */
  private void textsOnly(Message message) {
    for (Part part : message.content()) {
      if (!(part instanceof Text text)) {
        dropped.add("messages.content");
      } else if (!text.text().isBlank()) {
        blocks.text(text.text(), text, Area.SYSTEM);
      }
    }
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
      blocks.text(NO_FIRST_TURN);
    }
    closeTurn();
    out.beginObject().member("role", role).name("content").beginArray();
    open = role;
  }

  private void closeTurn() {
    if (!open.isEmpty()) {
      out.endArray().endObject();
    }
  }
}
