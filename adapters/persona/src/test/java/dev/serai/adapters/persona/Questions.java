package dev.serai.adapters.persona;

import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.Sampling;
import dev.serai.core.request.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Conversations and requests, as short as a test can say them. */
final class Questions {
  private Questions() {}

  /** Messages, each with an optional "role: " before it; a user speaks otherwise. */
  static Conversation conversation(String... messages) {
    return conversation(OptionalInt.empty(), messages);
  }

  static Conversation atMost(int tokens, String question) {
    return conversation(OptionalInt.of(tokens), question);
  }

  static ChatRequest request(String question, boolean streaming) {
    return new Request(conversation(question), streaming);
  }

  private static Conversation conversation(OptionalInt maxTokens, String... messages) {
    List<Message> said = new ArrayList<>();
    for (String message : messages) {
      said.add(message(message));
    }
    return new Conversation(
        said,
        List.of(),
        new Conversation.ToolChoice.Unset(Optional.empty()),
        new Conversation.ResponseFormat.Unset(),
        new Sampling(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            maxTokens,
            List.of(),
            OptionalInt.empty(),
            Conversation.ReasoningSettings.UNSET,
            Optional.empty()),
        Map.of());
  }

  private static Message message(String line) {
    Role role = Role.USER;
    String text = line;
    for (Role each : Role.values()) {
      String prefix = each.name().toLowerCase(Locale.ROOT) + ": ";
      if (line.startsWith(prefix)) {
        role = each;
        text = line.substring(prefix.length());
      }
    }
    return Message.of(role, List.of(new Conversation.TextPart(text)));
  }

  private record Request(Conversation conversation, boolean streaming) implements ChatRequest {
    @Override
    public String dialect() {
      return "openai";
    }

    @Override
    public byte[] bytes() {
      return new byte[0];
    }

    @Override
    public String model() {
      return "persona/guide";
    }

    @Override
    public boolean wantsUsage() {
      return true;
    }
  }
}
