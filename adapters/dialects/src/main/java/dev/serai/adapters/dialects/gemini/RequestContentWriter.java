package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.tool.ToolArguments;
import dev.serai.adapters.dialects.tool.ToolResultOrder;
import dev.serai.adapters.dialects.translation.AlternatingTurnWriter;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.Conversation.ToolResult;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes messages as contents that alternate between user and model. Messages of the same role that
 * follow each other become one content: so the results of parallel calls are one content, as the
 * dialect requires. System and developer messages become {@code systemInstruction}, in their order.
 * A content begins with its first part: an empty message is omitted.
 */
final class RequestContentWriter {
  private static final String USER = "user";
  private static final String MODEL = "model";

  private final JsonWriter out;
  private final Destination destination;
  private final ModelTraits traits;
  private final DroppedFields dropped;
  private final RequestMediaWriter media;
  private final List<Part> imagesOfResults = new ArrayList<>();
  private final Map<String, String> toolByCall = new HashMap<>();
  private String open = "";

  RequestContentWriter(JsonWriter out, Destination destination, DroppedFields dropped) {
    this.out = out;
    this.destination = destination;
    this.traits = ModelTraits.of(destination);
    this.dropped = dropped;
    this.media = new RequestMediaWriter(out, Quirk.NO_CALL_IDS.of(destination), dropped);
  }

  /** Writes {@code systemInstruction}, if there is any, and {@code contents}. */
  void write(List<Message> sent) {
    List<Message> messages = ToolResultOrder.of(sent);
    boolean system = messages.stream().anyMatch(m -> isSystem(m) && hasText(m));
    boolean turns = messages.stream().anyMatch(m -> !isSystem(m) && saysSomething(m));
    if (!system && !turns) {
      throw CallerProblem.invalid("messages", "The messages have no content.");
    }
    if (system && turns) {
      out.name("systemInstruction").beginObject().name("parts").beginArray();
      messages.stream().filter(RequestContentWriter::isSystem).forEach(this::texts);
      out.endArray().endObject();
    }
    out.name("contents").beginArray();
    if (beginsWithCall(messages)) {
      in(USER);
      text(AlternatingTurnWriter.NO_FIRST_TURN);
    }
    for (Message message : messages) {
      if (!isSystem(message)) {
        turn(message);
      } else if (!turns && hasText(message)) {
        // Instructions alone become the content of the user: the dialect requires at least one.
        in(USER);
        texts(message);
      }
    }
    writeImagesOfResults();
    close();
    out.endArray();
  }

  /** Gemini takes calls only behind a turn of the user. */
  private static boolean beginsWithCall(List<Message> messages) {
    return messages.stream()
        .filter(message -> !isSystem(message) && saysSomething(message))
        .takeWhile(message -> message.role() == Role.ASSISTANT)
        .anyMatch(message -> !message.toolCalls().isEmpty());
  }

  private static boolean isSystem(Message message) {
    return message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
  }

  private static boolean hasText(Message message) {
    return message.parts().stream().anyMatch(p -> p instanceof TextPart t && !t.text().isEmpty());
  }

  private static boolean saysSomething(Message message) {
    return message.toolResult().isPresent()
        || message.refusal().isPresent()
        || message.parts().stream()
            .anyMatch(
                p ->
                    !(p instanceof TextPart t && t.text().isEmpty())
                        && !(p instanceof ReasoningPart));
  }

  private void texts(Message message) {
    dropped.addSpeaker(message);
    for (Part part : message.parts()) {
      if (part instanceof TextPart text) {
        noteCache(text.cache().isPresent());
        if (!text.text().isEmpty()) {
          out.beginObject().member("text", text.text()).endObject();
        }
      } else {
        dropped.add("messages.content");
      }
    }
  }

  private void turn(Message message) {
    if (message.toolResult().isEmpty()) {
      writeImagesOfResults();
    }
    if (message.role() == Role.ASSISTANT) {
      dropped.addSpeaker(message);
      model(message);
    } else if (message.toolResult().isPresent()) {
      functionResponse(message, message.toolResult().get());
    } else {
      dropped.addSpeaker(message);
      message.parts().forEach(this::userPart);
    }
  }

  private void noteCache(boolean marked) {
    if (marked) {
      dropped.add("cache_control");
    }
  }

  private void in(String role) {
    if (!role.equals(open)) {
      close();
      out.beginObject().member("role", role).name("parts").beginArray();
      open = role;
    }
  }

  private void close() {
    if (!open.isEmpty()) {
      out.endArray().endObject();
      open = "";
    }
  }

  private void userPart(Part part) {
    if (part instanceof TextPart text) {
      noteCache(text.cache().isPresent());
      if (!text.text().isEmpty()) {
        in(USER);
        text(text.text());
      }
    } else {
      in(USER);
      media.write(part);
    }
  }

  private void text(String text) {
    out.beginObject().member("text", text).endObject();
  }

  private void model(Message message) {
    boolean signed = false;
    for (Part part : message.parts()) {
      switch (part) {
        case TextPart text -> {
          noteCache(text.cache().isPresent());
          if (!text.text().isEmpty()) {
            in(MODEL);
            text(text.text());
          }
        }
        case ReasoningPart reasoning -> reasoning(reasoning);
        case ToolCallPart called -> {
          noteCache(called.cache().isPresent());
          signed = call(called.call(), signed);
        }
        default -> {
          in(MODEL);
          media.write(part);
        }
      }
    }
    message
        .refusal()
        .filter(text -> !text.isEmpty())
        .ifPresent(
            text -> {
              in(MODEL);
              text(text);
            });
  }

  private Optional<String> own(Optional<OpaqueState> state) {
    return state
        .filter(kept -> kept.belongsTo(GeminiDialect.NAME, destination.provider().name()))
        .map(OpaqueState::data);
  }

  /** Reasoning is sent with its signature or omitted. */
  private void reasoning(ReasoningPart reasoning) {
    Optional<String> signature = own(reasoning.state());
    if (signature.isEmpty()) {
      if (!reasoning.text().isBlank() || reasoning.state().isPresent()) {
        dropped.add("messages.reasoning_content");
      }
      return;
    }
    in(MODEL);
    out.beginObject().member("text", reasoning.text());
    if (!reasoning.text().isEmpty()) {
      out.member("thought", true);
    }
    out.member("thoughtSignature", signature.get()).endObject();
  }

  /**
   * Writes a call. Of several calls in a message the first one has the signature of all.
   *
   * @param signed whether an earlier call had a signature
   * @return whether one has had it now
   */
  private boolean call(ToolCall call, boolean signed) {
    toolByCall.put(call.id(), call.name());
    in(MODEL);
    out.beginObject().name("functionCall").beginObject();
    writeId(call.id());
    out.member("name", call.name()).name("args");
    ToolArguments.write(out, call.arguments());
    out.endObject();
    Optional<String> signature = own(call.state());
    if (signature.isPresent()) {
      out.member("thoughtSignature", signature.get());
    } else if (!signed && traits.requiresSignatures()) {
      out.member("thoughtSignature", ThoughtSignatures.NONE);
    }
    out.endObject();
    return true;
  }

  private void writeId(String id) {
    if (!Quirk.NO_CALL_IDS.of(destination)) {
      out.member("id", id);
    }
  }

  private void functionResponse(Message message, ToolResult result) {
    noteCache(
        result.cache().isPresent()
            || message.parts().stream().anyMatch(part -> part.cache().isPresent()));
    String tool = toolByCall.getOrDefault(result.callId(), message.name().orElse(""));
    in(USER);
    out.beginObject().name("functionResponse").beginObject();
    writeId(result.callId());
    out.member("name", tool.isEmpty() ? result.callId() : tool).name("response");
    ToolResultWriter.write(out, message, result.failed());
    List<Part> pictures =
        message.content().stream().filter(part -> !(part instanceof TextPart)).toList();
    if (!pictures.isEmpty() && traits.imagesInResults()) {
      out.name("parts").beginArray();
      pictures.forEach(media::write);
      out.endArray();
    }
    out.endObject().endObject();
    if (!traits.imagesInResults()) {
      imagesOfResults.addAll(pictures);
    }
  }

  /** Parts behind all results of a turn: between them, the results are not those of one turn. */
  private void writeImagesOfResults() {
    imagesOfResults.forEach(media::write);
    imagesOfResults.clear();
  }
}
