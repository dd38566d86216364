package dev.serai.processors.turns;

import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.Conversation.ToolResult;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionMessage.Content;
import dev.serai.core.session.SessionRequests;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The messages of a session as a model gets them: pinned ones first, then the summary of the oldest
 * ones, as a message of the user, then the others. Providers want the result of a tool right after
 * its call, so a call goes where its result is: other messages may have been stored between them. A
 * call without its result, and a result without its call, are left out. Immutable once it is made.
 */
final class RecalledMessages {
  /** What the IDs begin with that surfaces make for results without one. */
  private static final String MADE_ID = "call_";

  private final SessionRequests reader;
  private final List<Message> messages = new ArrayList<>();
  private final List<Message> next;
  private final Set<String> called = new HashSet<>();
  private final Map<String, ToolCall> open = new LinkedHashMap<>();
  private final List<Message> results = new ArrayList<>();

  private RecalledMessages(SessionRequests reader, List<Message> next) {
    this.reader = reader;
    this.next = new ArrayList<>(next);
  }

  /**
   * Makes them from the stored ones.
   *
   * @param summary of those that are not there any more
   * @param next the messages that follow, which may have the results of the last calls
   */
  static RecalledMessages of(
      SessionRequests reader,
      Optional<String> summary,
      List<SessionMessage> stored,
      List<Message> next) {
    RecalledMessages made = new RecalledMessages(reader, next);
    for (boolean pinned : new boolean[] {true, false}) {
      for (SessionMessage message : stored) {
        if (pinned == (message.content().pinned() && !message.isOfTool())) {
          made.add(message.content());
        }
      }
      if (pinned) {
        summary.ifPresent(text -> made.addText(Role.USER, text));
      }
    }
    made.endResults();
    made.addNext();
    return made;
  }

  /** Those of the session. */
  List<Message> messages() {
    return messages;
  }

  /** The messages that follow; their results of tools name the calls that they belong to. */
  List<Message> next() {
    return next;
  }

  private void add(Content content) {
    switch (content.type()) {
      case TOOL_CALL -> {
        endResults();
        Map<String, String> facts = reader.texts(content.metadata());
        String id = facts.getOrDefault(SessionTurns.CALL_ID, "");
        if (called.add(id)) {
          String name = facts.getOrDefault(SessionTurns.NAME, "");
          open.put(id, new ToolCall(id, name, content.text()));
        }
      }
      case TOOL_RESULT -> {
        String id = reader.texts(content.metadata()).getOrDefault(SessionTurns.CALL_ID, "");
        results.add(
            withResult(
                Message.of(Role.TOOL, List.of(new TextPart(content.text()))), new ToolResult(id)));
      }
      case SYSTEM_EVENT -> {}
      default -> {
        if (content.role() != SessionMessage.Role.TOOL) {
          endResults();
          addText(Role.valueOf(content.role().name()), content.text());
        }
      }
    }
  }

  private void addText(Role role, String text) {
    messages.add(Message.of(role, List.of(new TextPart(text))));
  }

  /** Adds results that follow one another, after their calls. */
  private void endResults() {
    results.removeIf(message -> !open.containsKey(callId(message)));
    addCalls(ids(results));
    for (Message result : results) {
      if (open.remove(callId(result)) != null) {
        messages.add(result);
      }
    }
    results.clear();
  }

  /** Adds open calls as one message, with the text of the model before them. */
  private void addCalls(Collection<String> ids) {
    List<Part> parts = new ArrayList<>();
    open.values().stream()
        .filter(call -> ids.contains(call.id()))
        .forEach(call -> parts.add(new ToolCallPart(call)));
    if (parts.isEmpty()) {
      return;
    }
    if (!messages.isEmpty() && messages.getLast().role() == Role.ASSISTANT) {
      parts.addAll(0, messages.removeLast().parts());
    }
    messages.add(Message.of(Role.ASSISTANT, parts));
  }

  /** Adds the calls last whose results are in the messages that follow. */
  private void addNext() {
    next.forEach(message -> message.toolCalls().forEach(call -> open.remove(call.id())));
    nameCalls();
    addCalls(ids(next));
  }

  /**
   * A client whose API knows no IDs of calls sends results with the name of the tool. They belong
   * to the latest open calls of it, in the same order.
   */
  private void nameCalls() {
    Set<String> known = ids(next);
    next.forEach(message -> message.toolCalls().forEach(call -> known.remove(call.id())));
    Map<String, Deque<String>> byTool = new HashMap<>();
    for (ToolCall call : open.values()) {
      if (!known.contains(call.id())) {
        byTool.computeIfAbsent(call.name(), _ -> new ArrayDeque<>()).add(call.id());
      }
    }
    known.removeAll(open.keySet());
    for (int i = next.size() - 1; i >= 0; i--) {
      Message message = next.get(i);
      Optional<ToolResult> result = message.toolResult();
      if (result.isPresent() && known.contains(result.get().callId())) {
        Deque<String> ids = byTool.getOrDefault(tool(message), new ArrayDeque<>());
        if (!ids.isEmpty()) {
          ToolResult named =
              new ToolResult(ids.removeLast(), result.get().failed(), result.get().cache());
          next.set(i, withResult(message, named));
        }
      }
    }
  }

  /** The tool that a result without an ID is of; empty if the client has sent an ID. */
  private static String tool(Message result) {
    String id = callId(result);
    return id.startsWith(MADE_ID) ? result.name().orElse(id.substring(MADE_ID.length())) : "";
  }

  private static Message withResult(Message message, ToolResult result) {
    return new Message(
        message.role(), message.parts(), message.name(), message.refusal(), Optional.of(result));
  }

  private static Set<String> ids(Collection<Message> messages) {
    Set<String> ids = new HashSet<>();
    messages.forEach(message -> message.toolResult().ifPresent(one -> ids.add(one.callId())));
    return ids;
  }

  private static String callId(Message result) {
    return result.toolResult().map(ToolResult::callId).orElse("");
  }
}
