package dev.serai.adapters.dialects.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.TextPart;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the content of a message in OpenAI's APIs: a text, or an array of parts. Stateless. */
public final class MessageContent {
  private static final Set<String> CLIENT_ROLES = Set.of("user", "system", "developer");
  private static final String REFUSAL = "refusal";

  private MessageContent() {}

  /**
   * Adds the parts of the member {@code name}; returns the refusal if one is among them.
   *
   * @param reader reads any other part; empty if it is left out
   */
  public static Optional<String> read(
      RequestFields owner,
      String name,
      List<Part> parts,
      Function<RequestFields, Optional<Part>> reader) {
    Optional<JsonNode> content = owner.any(name);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    if (content.get().isTextual()) {
      parts.add(new TextPart(content.get().textValue()));
      return Optional.empty();
    }
    Optional<String> refusal = Optional.empty();
    for (RequestFields part : owner.objects(name)) {
      if (part.requiredText("type").equals(REFUSAL)) {
        refusal = Optional.of(part.requiredText(REFUSAL));
      } else {
        reader.apply(part).ifPresent(parts::add);
      }
    }
    return refusal;
  }

  /** Whether a client wrote the message itself, so that a part of an unknown type is its fault. */
  public static boolean isOfClient(RequestFields message) {
    return CLIENT_ROLES.contains(message.text("role").orElse(""));
  }
}
