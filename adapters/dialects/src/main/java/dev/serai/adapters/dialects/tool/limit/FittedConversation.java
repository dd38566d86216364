package dev.serai.adapters.dialects.tool.limit;

import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.Sampling;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.chat.Conversation.ToolResult;
import dev.serai.core.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes a conversation obey the limits of the vendor that it is written for. The names of tools,
 * the keys of their parameters and the ids of their calls are replaced everywhere alike; {@link
 * ReplyToolCalls} restores names and keys in the reply. What loses something else is reported as
 * dropped. For one request; not thread-safe.
 */
public final class FittedConversation {
  private final Conversation conversation;
  private final VendorLimits limits;
  private final DroppedFields dropped;
  private final ToolNames names;
  private final ToolKeys keys;

  private FittedConversation(
      Conversation conversation, VendorLimits limits, DroppedFields dropped) {
    this.conversation = conversation;
    this.limits = limits;
    this.dropped = dropped;
    this.names = ToolNames.of(conversation, limits.toolNames());
    this.keys = ToolKeys.of(conversation, limits);
  }

  /** The schema of an answer that the model gives by a call, with keys that the vendor accepts. */
  public static String answerSchema(String json, VendorLimits limits) {
    return limits
        .propertyKeys()
        .map(limit -> PropertyKeys.of(json, limit))
        .filter(fitted -> !fitted.isEmpty())
        .map(PropertyKeys::schemaJson)
        .orElse(json);
  }

  /** The conversation within the limits: the same object in parts that are already. */
  public static Conversation of(
      Conversation conversation, VendorLimits limits, DroppedFields dropped) {
    return new FittedConversation(conversation, limits, dropped).fit();
  }

  private Conversation fit() {
    boolean same =
        names.isEmpty() && keys.isEmpty() && CallIds.fit(conversation.messages(), limits.callIds());
    return new Conversation(
        same ? conversation.messages() : messages(),
        conversation.tools().stream().map(this::tool).toList(),
        choice(conversation.toolChoice()),
        conversation.responseFormat() instanceof ResponseFormat.JsonSchema schema
            ? format(schema)
            : conversation.responseFormat(),
        sampling(conversation.sampling()),
        conversation.unknown());
  }

  /** A choice without tools, or of one that was left out, has no effect. */
  private ToolChoice choice(ToolChoice choice) {
    if (conversation.tools().isEmpty()) {
      if (choice.forcesCall()) {
        dropped.add("tool_choice");
      }
      return choice;
    }
    if (!(choice instanceof ToolChoice.Named(String tool, Optional<Boolean> parallel))) {
      return choice;
    }
    boolean offered = conversation.tools().stream().anyMatch(one -> one.name().equals(tool));
    boolean leftOut =
        conversation.unknown().keySet().stream().anyMatch(name -> name.startsWith("tools."));
    if (!offered && leftOut) {
      dropped.add("tool_choice");
      return new ToolChoice.Unset(parallel);
    }
    return new ToolChoice.Named(names.fitted(tool), parallel);
  }

  private Tool tool(Tool tool) {
    boolean asFunction = tool.input().isPresent() && !limits.customTools();
    if (asFunction && tool.input().get().grammar().isPresent()) {
      dropped.add("tools." + tool.name() + ".format");
    }
    PropertyKeys own = keys.of(tool.name());
    if (names.isEmpty() && own.isEmpty() && !asFunction) {
      return tool;
    }
    if (own.isWeakened()) {
      dropped.add("tools.parameters");
    }
    return new Tool(
        names.fitted(tool.name()),
        tool.description(),
        own.isEmpty() ? tool.parametersJson() : own.schemaJson(),
        tool.strict(),
        tool.cache(),
        asFunction ? Optional.empty() : tool.input());
  }

  /** Vendors have the same limits for the name of a schema. */
  private ResponseFormat format(ResponseFormat.JsonSchema schema) {
    return new ResponseFormat.JsonSchema(
        limits.toolNames().fit(schema.name()), schema.schemaJson(), schema.strict());
  }

  private List<Message> messages() {
    CallIds ids = new CallIds(limits.callIds());
    List<Message> messages = new ArrayList<>(conversation.messages().size());
    for (Message message : conversation.messages()) {
      ids.beginMessage();
      messages.add(message(message, ids));
    }
    return List.copyOf(messages);
  }

  private Message message(Message message, CallIds ids) {
    List<Part> parts = new ArrayList<>(message.parts().size());
    for (Part part : message.parts()) {
      parts.add(part instanceof ToolCallPart called ? call(called, ids) : part);
    }
    boolean result = message.role() == Role.TOOL;
    return new Message(
        message.role(),
        parts,
        result ? message.name().map(names::fitted) : message.name(),
        message.refusal(),
        message
            .toolResult()
            .map(of -> new ToolResult(ids.ofResult(of.callId()), of.failed(), of.cache())));
  }

  private ToolCallPart call(ToolCallPart called, CallIds ids) {
    ToolCall call = called.call();
    PropertyKeys own = keys.of(call.name());
    String arguments =
        own.isEmpty() ? call.arguments() : KeyRewriter.whole(call.arguments(), own.fitted());
    return new ToolCallPart(
        new ToolCall(ids.ofCall(call.id()), names.fitted(call.name()), arguments, call.state()),
        called.cache());
  }

  private Sampling sampling(Sampling sampling) {
    return new Sampling(
        sampling.temperature(),
        sampling.topP(),
        sampling.topK(),
        maxTokens(sampling.maxTokens()),
        stops(sampling.stop()),
        sampling.choices(),
        sampling.reasoning(),
        sampling.user().map(this::user));
  }

  private OptionalInt maxTokens(OptionalInt most) {
    if (most.isEmpty() || most.getAsInt() >= limits.minTokens()) {
      return most;
    }
    dropped.add("max_tokens");
    return OptionalInt.of(limits.minTokens());
  }

  /** An empty sequence stops nothing; a server that takes it literally stops at once. */
  private List<String> stops(List<String> given) {
    List<String> stops =
        given.stream().filter(stop -> !stop.isEmpty()).limit(limits.maxStops()).toList();
    if (stops.size() < given.size()) {
      dropped.add("stop");
    }
    return stops;
  }

  private String user(String user) {
    String fitted = user.isEmpty() ? user : limits.user().fit(user);
    if (!fitted.equals(user)) {
      dropped.add("user");
    }
    return fitted;
  }
}
