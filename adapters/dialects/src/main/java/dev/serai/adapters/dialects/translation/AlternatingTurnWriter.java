package dev.serai.adapters.dialects.translation;

import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.Conversation.ToolResult;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import java.util.List;

/**
 * Writes messages as turns that alternate between user and assistant, beginning with the user.
 *
 * <p>Model: messages of the same role that follow each other go into one turn: so the results of
 * parallel calls are one user turn. System and developer messages become {@code system}, in their
 * order. Blank texts are omitted; a turn opens with its first block, so that an empty message
 * leaves no turn. The subclass writes the blocks. For one request; not thread-safe.
 */
public abstract class AlternatingTurnWriter {
  /** The role of the caller and of tools. */
  protected static final String USER = "user";

  /** The role of the model. */
  protected static final String ASSISTANT = "assistant";

  private static final String NO_FIRST_TURN = "(The assistant speaks first.)";

  private final JsonWriter out;
  private final DroppedFields dropped;
  private String open = "";

  protected AlternatingTurnWriter(JsonWriter out, DroppedFields dropped) {
    this.out = out;
    this.dropped = dropped;
  }

  /** Writes a block of text. */
  protected abstract void text(String text);

  /** Writes a block of text of the instructions, with its cache mark. */
  protected abstract void instruction(TextPart text);

  /** Writes a part of a user message; blank ones are omitted already. */
  protected abstract void userPart(Part part);

  /** Writes the result of a tool. */
  protected abstract void toolResult(ToolResult answered, List<Part> parts);

  /**
   * Writes a part of an assistant message, or reports it as dropped. Calls {@link #inTurn} before
   * it writes anything.
   *
   * @param begun whether the model continues this message: it must not end in white space
   */
  protected abstract void assistantPart(Part part, boolean begun);

  /** A turn begins. */
  protected void opened() {}

  /** A turn ends. */
  protected void closing() {}

  /**
   * Writes {@code system}, unless it is empty, and {@code messages}.
   *
   * @param instructions of the gateway, after the caller's
   */
  public final void write(List<Message> messages, List<String> instructions) {
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
      // Instructions alone become the turn of the user: a request has at least one turn.
      inTurn(USER);
      writeSystem(messages, instructions);
    }
    closeTurn();
    out.endArray();
  }

  /** Whether a part is blank text: both dialects reject it. */
  public static boolean isBlank(Part part) {
    return part instanceof TextPart text && text.text().isBlank();
  }

  /** Whether a part is not blank. A mark for the prompt cache is lost with a blank one. */
  protected final boolean isWritten(Part part) {
    boolean blank = isBlank(part);
    if (blank && part.cache().isPresent()) {
      dropped.add("cache_control");
    }
    return !blank;
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
              || message.toolResult().isPresent()
              || message.refusal().filter(text -> !text.isBlank()).isPresent()
              || !message.toolCalls().isEmpty())) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasContent(Message message) {
    for (Part part : message.content()) {
      if (!isBlank(part)) {
        return true;
      }
    }
    return false;
  }

  /** Instructions consist of text only. */
  private void writeSystem(List<Message> messages, List<String> instructions) {
    for (Message message : messages) {
      if (isSystem(message)) {
        noteName(message);
        for (Part part : message.content()) {
          if (!(part instanceof TextPart text)) {
            dropped.add("messages.content");
          } else if (isWritten(part)) {
            instruction(text);
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
        if (message.toolResult().isPresent()) {
          inTurn(USER);
          toolResult(message.toolResult().get(), message.parts());
        } else {
          userParts(message);
        }
      }
    }
  }

  private void userParts(Message message) {
    noteName(message);
    for (Part part : message.parts()) {
      if (isWritten(part)) {
        inTurn(USER);
        userPart(part);
      }
    }
  }

  /** A refusal becomes text, before the calls: nothing may follow these. */
  private void assistant(Message message, boolean last) {
    noteName(message);
    boolean begun = last && message.toolCalls().isEmpty();
    String refusal = message.refusal().filter(text -> !text.isBlank()).orElse("");
    for (Part part : message.parts()) {
      if (part instanceof ToolCallPart) {
        refused(refusal);
        refusal = "";
      }
      if (isWritten(part)) {
        assistantPart(part, begun);
      }
    }
    refused(refusal);
  }

  private void refused(String refusal) {
    if (!refusal.isEmpty()) {
      inTurn(ASSISTANT);
      text(refusal);
    }
  }

  private void noteName(Message message) {
    if (message.name().isPresent()) {
      dropped.add("messages.name");
    }
  }

  /** Opens a turn of that role, unless it is open. */
  protected final void inTurn(String role) {
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
    opened();
  }

  private void closeTurn() {
    if (!open.isEmpty()) {
      closing();
      out.endArray().endObject();
    }
  }
}
