package dev.serai.adapters.dialects.translation;

import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.Conversation.ToolResult;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes messages as turns that alternate between user and assistant, beginning with the user.
 *
 * <p>Model: messages of the same role that follow each other go into one turn: so the results of
 * parallel calls are one user turn. System and developer messages become {@code system}, in their
 * order; where the model accepts instructions in mid-conversation, those after the first turn stay
 * there, after the next turn of the user. Those after a last turn of the assistant are a turn of
 * the user: the model would continue the assistant's turn otherwise. Blank texts are omitted; a
 * turn opens with its first block, so that an empty message leaves no turn. The subclass writes the
 * blocks. For one request; not thread-safe.
 */
public abstract class AlternatingTurnWriter {
  /** The role of the caller and of tools. */
  protected static final String USER = "user";

  /** The role of the model. */
  protected static final String ASSISTANT = "assistant";

  private static final String SYSTEM = "system";

  /** The turn of the user before a conversation that the assistant begins. */
  public static final String NO_FIRST_TURN = "(The assistant speaks first.)";

  private final JsonWriter out;
  private final DroppedFields dropped;
  private final List<Message> pending = new ArrayList<>(0);
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

  /**
   * Whether the model accepts a message of the role {@code system} between a turn of the user and
   * the next turn of the assistant.
   */
  protected boolean takesSystemTurns() {
    return false;
  }

  /** A turn begins. */
  protected void opened() {}

  /** A turn ends. */
  protected void closing() {}

  /**
   * Writes {@code system}, unless it is empty, and {@code messages}.
   *
   * @param instructions of the gateway, after the caller's
   * @throws CallerProblem 400 if the messages have no content
   */
  public final void write(List<Message> messages, List<String> instructions) {
    boolean turns = messages.stream().anyMatch(AlternatingTurnWriter::isTurn);
    int later = turns ? firstInstructionInPlace(messages) : messages.size();
    List<Message> leading = messages.subList(0, later);
    boolean system = hasSystem(leading) || !instructions.isEmpty();
    if (!system && !turns) {
      throw CallerProblem.invalid("messages", "The messages have no content.");
    }
    if (turns && system) {
      out.name(SYSTEM).beginArray();
      writeSystem(leading, instructions);
      out.endArray();
    }
    out.name("messages").beginArray();
    if (turns) {
      for (int i = 0; i < messages.size(); i++) {
        turn(messages.get(i), i == messages.size() - 1, i >= later);
      }
      lastInstructions();
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

  private static boolean isTurn(Message message) {
    return !isSystem(message)
        && (hasContent(message)
            || message.toolResult().isPresent()
            || message.refusal().filter(text -> !text.isBlank()).isPresent()
            || !message.toolCalls().isEmpty());
  }

  /** Where the messages begin whose instructions are not moved to the beginning. */
  private int firstInstructionInPlace(List<Message> messages) {
    int last = messages.size() - 1;
    while (!isTurn(messages.get(last))) {
      last--;
    }
    if (takesSystemTurns()) {
      int first = 0;
      while (!isTurn(messages.get(first))) {
        first++;
      }
      return first;
    }
    boolean continued = messages.get(last).role() == Role.ASSISTANT;
    return continued ? last : messages.size();
  }

  /** Instructions at the end: after a turn of the user, or as one. */
  private void lastInstructions() {
    if (!pending.isEmpty() && open.equals(USER)) {
      systemTurn();
    } else if (!pending.isEmpty()) {
      inTurn(USER);
      writeSystem(pending, List.of());
      pending.clear();
    }
  }

  private void systemTurn() {
    closeTurn();
    out.beginObject().member("role", SYSTEM).name("content").beginArray();
    writeSystem(pending, List.of());
    pending.clear();
    open = SYSTEM;
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
        dropped.addSpeaker(message);
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

  private void turn(Message message, boolean last, boolean inPlace) {
    switch (message.role()) {
      case SYSTEM, DEVELOPER -> {
        if (inPlace && hasContent(message)) {
          pending.add(message);
        }
      }
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
    dropped.addSpeaker(message);
    for (Part part : message.parts()) {
      if (isWritten(part)) {
        inTurn(USER);
        userPart(part);
      }
    }
  }

  /** A refusal becomes text, before the calls: nothing may follow these. */
  private void assistant(Message message, boolean last) {
    dropped.addSpeaker(message);
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

  /** Opens a turn of that role, unless it is open. */
  protected final void inTurn(String role) {
    if (role.equals(open)) {
      return;
    }
    if (open.isEmpty() && role.equals(ASSISTANT)) {
      inTurn(USER);
      text(NO_FIRST_TURN);
    }
    if (open.equals(USER) && !pending.isEmpty()) {
      systemTurn();
    }
    closeTurn();
    out.beginObject().member("role", role).name("content").beginArray();
    open = role;
    opened();
  }

  private void closeTurn() {
    if (!open.isEmpty()) {
      if (!open.equals(SYSTEM)) {
        closing();
      }
      out.endArray().endObject();
    }
  }
}
