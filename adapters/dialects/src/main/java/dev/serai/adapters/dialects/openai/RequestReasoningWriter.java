package dev.serai.adapters.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.openaiapi.Quirk;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the reasoning of an assistant's message for the provider that made it, in the form in
 * which that provider sent it. The reasoning of others is reported as dropped. For one request.
 */
final class RequestReasoningWriter {
  private final JsonWriter out;
  private final Destination destination;
  private final DroppedFields dropped;
  private final boolean required;

  RequestReasoningWriter(JsonWriter out, Destination destination, DroppedFields dropped) {
    this.out = out;
    this.destination = destination;
    this.dropped = dropped;
    required = Quirk.REASONING_CONTENT.of(destination);
  }

  /** The reasoning that the provider sent as parts of the content. */
  List<ReasoningPart> contentParts(Message message) {
    return own(message, ReturnedReasoning.THINKING);
  }

  /** Writes such a part. */
  void contentPart(ReasoningPart part) {
    out.beginObject().member("type", "thinking").name("thinking").beginArray();
    out.beginObject().member("type", "text").member("text", part.text()).endObject();
    out.endArray().endObject();
  }

  /** Writes the members of a message that hold reasoning. */
  void members(Message message) {
    boolean calls = !message.toolCalls().isEmpty();
    if (required && calls) {
      out.member(ReturnedReasoning.CONTENT, required(message));
    } else if (!required) {
      member(message, ReturnedReasoning.CONTENT);
      member(message, ReturnedReasoning.REASONING);
    }
    details(message);
    for (Part part : message.parts()) {
      if (part instanceof ReasoningPart reasoning && !isSent(reasoning, calls)) {
        dropped.add("messages.reasoning_content");
      }
    }
  }

  /** Reasoning of unknown origin counts as this provider's where some is required. */
  private String required(Message message) {
    StringBuilder text = new StringBuilder();
    for (Part part : message.parts()) {
      if (part instanceof ReasoningPart reasoning && isSent(reasoning, true)) {
        text.append(reasoning.text());
      }
    }
    return text.toString();
  }

  private boolean isSent(ReasoningPart reasoning, boolean calls) {
    Optional<OpaqueState> state = reasoning.state();
    if (state.isEmpty()) {
      return required && calls;
    }
    boolean own = state.get().belongsTo(OpenAiDialect.NAME, destination.provider().name());
    return own && (!required || calls || state.get().kind().equals(ReturnedReasoning.DETAILS));
  }

  private void member(Message message, String name) {
    StringBuilder text = new StringBuilder();
    List<ReasoningPart> parts = own(message, name);
    parts.forEach(part -> text.append(part.text()));
    if (!parts.isEmpty()) {
      out.member(name, text.toString());
    }
  }

  private void details(Message message) {
    List<ReasoningPart> parts = own(message, ReturnedReasoning.DETAILS);
    if (!parts.isEmpty()) {
      StreamedDetails details = new StreamedDetails();
      for (ReasoningPart part : parts) {
        part.state().ifPresent(state -> add(details, state.data()));
      }
      out.name(ReturnedReasoning.DETAILS).json(details.toString());
    }
  }

  /**
   * Adds the details of a block; those of a later one may be the last pieces of earlier details.
   * The state comes from the client, which may have changed it.
   */
  private static void add(StreamedDetails details, String more) {
    boolean first = details.isEmpty();
    details.interrupt();
    try {
      for (JsonNode detail : StrictJson.tree(more.getBytes(StandardCharsets.UTF_8))) {
        if (!(detail instanceof ObjectNode object)) {
          throw new MalformedInput(0, "an object");
        } else if (first) {
          details.add(object);
        } else {
          details.join(object);
        }
      }
    } catch (MalformedInput e) {
      throw CallerProblem.invalid(
          "messages", "The reasoning of an assistant message was changed: send it as it came.");
    }
  }

  private List<ReasoningPart> own(Message message, String kind) {
    List<ReasoningPart> own = new ArrayList<>(1);
    for (Part part : message.parts()) {
      if (part instanceof ReasoningPart reasoning
          && reasoning.state().filter(state -> isOwn(state, kind)).isPresent()) {
        own.add(reasoning);
      }
    }
    return own;
  }

  private boolean isOwn(OpaqueState state, String kind) {
    return state.kind().equals(kind)
        && state.belongsTo(OpenAiDialect.NAME, destination.provider().name());
  }
}
