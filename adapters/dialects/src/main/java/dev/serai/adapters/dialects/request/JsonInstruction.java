package dev.serai.adapters.dialects.request;

import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.TextPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says in a conversation that the response must be JSON. OpenAI and DeepSeek refuse {@code
 * json_object} if no message contains the word ("Structured model outputs", "JSON Output" in their
 * documentation), and a schema that a provider does not support can be given only in this way.
 * Stateless.
 */
public final class JsonInstruction {
  /** For a vendor without a mode for JSON, whose models write texts around it. */
  public static final String ALONE =
      "Answer with one JSON object and nothing else: no text around it, no code fence.";

  private static final String OBJECT = "Answer with one JSON object and nothing else.";
  private static final String SCHEMA = " It must match this JSON schema: ";
  private static final String WORD = "json";

  private JsonInstruction() {}

  /** The instruction for any object. */
  public static String object() {
    return OBJECT;
  }

  /** The instruction for an object that matches a schema. */
  public static String schema(String schemaJson) {
    return OBJECT + SCHEMA + schemaJson;
  }

  /** Adds the word to a conversation that wants any JSON object and does not contain it. */
  public static Conversation mentioned(Conversation conversation) {
    boolean wanted = conversation.responseFormat() instanceof ResponseFormat.JsonObject;
    return wanted && conversation.messages().stream().noneMatch(JsonInstruction::mentions)
        ? added(conversation, OBJECT)
        : conversation;
  }

  private static boolean mentions(Message message) {
    return message.parts().stream()
        .anyMatch(
            part ->
                part instanceof TextPart text
                    && text.text().toLowerCase(Locale.ROOT).contains(WORD));
  }

  /** Adds an instruction: to the first one if there is one, since some models accept only one. */
  public static Conversation added(Conversation conversation, String instruction) {
    List<Message> messages = new ArrayList<>(conversation.messages());
    if (!messages.isEmpty() && isPlainInstruction(messages.getFirst())) {
      messages.set(0, extended(messages.getFirst(), instruction));
    } else {
      messages.addFirst(Message.of(Role.SYSTEM, List.of(new TextPart(instruction))));
    }
    return new Conversation(
        messages,
        conversation.tools(),
        conversation.toolChoice(),
        conversation.responseFormat(),
        conversation.sampling(),
        conversation.unknown());
  }

  private static boolean isPlainInstruction(Message message) {
    boolean instructs = message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
    return instructs
        && message.parts().size() == 1
        && message.parts().getFirst() instanceof TextPart;
  }

  private static Message extended(Message message, String instruction) {
    Part part = message.parts().getFirst();
    String text = part instanceof TextPart before ? before.text() + "\n\n" : "";
    return new Message(
        message.role(),
        List.of(new TextPart(text + instruction, part.cache())),
        message.name(),
        message.refusal(),
        Optional.empty());
  }
}
