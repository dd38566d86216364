package dev.serai.processors.routing.strategy;

import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.AudioPart;
import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.model.Capability;
import dev.serai.core.model.Modality;
import dev.serai.core.model.ModelFacts;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a chat request needs of its model by its content: tools, kinds of content, room.
 *
 * @param tokens about how many tokens its texts, tools and their calls have
 */
record Needs(Set<Modality> input, Set<Capability> capabilities, long tokens) {
  private static final Needs NOTHING = new Needs(Set.of(), Set.of(), 0);
  private static final int CHARACTERS_PER_TOKEN = 4;

  /** The needs of a request; none if its content is malformed, which the provider reports. */
  static Needs of(ChatRequest request) {
    try {
      return of(request.conversation());
    } catch (GatewayProblem e) {
      return NOTHING;
    }
  }

  private static Needs of(Conversation conversation) {
    Set<Modality> input = EnumSet.noneOf(Modality.class);
    Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
    long characters = 0;
    for (Message message : conversation.messages()) {
      for (Part part : message.parts()) {
        switch (part) {
          case TextPart text -> characters += text.text().length();
          case ImagePart _ -> input.add(Modality.IMAGE);
          case AudioPart _ -> input.add(Modality.AUDIO);
          case FilePart _ -> input.add(Modality.FILE);
          case ToolCallPart called -> characters += called.call().arguments().length();
          case ReasoningPart _ -> {} // most providers do not receive it
        }
      }
    }
    for (Tool tool : conversation.tools()) {
      capabilities.add(Capability.TOOLS);
      characters += tool.description().orElse("").length() + tool.parametersJson().length();
    }
    if (conversation.responseFormat() instanceof Conversation.ResponseFormat.JsonSchema) {
      capabilities.add(Capability.STRUCTURED_OUTPUT);
    }
    return new Needs(input, capabilities, characters / CHARACTERS_PER_TOKEN);
  }

  /** The same needs and what the client says that it requires. */
  Needs with(boolean vision, boolean functions, long contextLength) {
    Set<Modality> kinds = EnumSet.noneOf(Modality.class);
    kinds.addAll(input);
    Set<Capability> features = EnumSet.noneOf(Capability.class);
    features.addAll(capabilities);
    if (vision) {
      kinds.add(Modality.IMAGE);
    }
    if (functions) {
      features.add(Capability.TOOLS);
    }
    return new Needs(kinds, features, Math.max(tokens, contextLength));
  }

  /** What a model is known to lack; empty if nothing. Of what is not known nothing is assumed. */
  Optional<String> lacking(ModelFacts facts) {
    for (Modality kind : input) {
      if (!facts.input().isEmpty() && !facts.input().contains(kind)) {
        return Optional.of("it does not accept " + kind.label());
      }
    }
    for (Capability capability : capabilities) {
      if (!facts.capabilities().isEmpty() && !facts.capabilities().contains(capability)) {
        return Optional.of("it does not have " + capability.label());
      }
    }
    return facts.contextLength().isPresent() && facts.contextLength().getAsInt() < tokens
        ? Optional.of("its context length is " + facts.contextLength().getAsInt() + " tokens")
        : Optional.empty();
  }

  /** How many of the needs it is not known of whether a model meets them. */
  int unknown(ModelFacts facts) {
    return (facts.input().isEmpty() ? input.size() : 0)
        + (facts.capabilities().isEmpty() ? capabilities.size() : 0)
        + (tokens > 0 && facts.contextLength().isEmpty() ? 1 : 0);
  }
}
