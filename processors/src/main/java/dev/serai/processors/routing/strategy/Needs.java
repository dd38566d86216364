package dev.serai.processors.routing.strategy;

import dev.serai.core.features.PromptOutline;
import dev.serai.core.model.Capability;
import dev.serai.core.model.Modality;
import dev.serai.core.model.ModelFacts;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a chat request needs of its model by its content: tools, a JSON schema, kinds of content
 * other than text, room.
 *
 * @param tokens about how many tokens its prompt has
 */
record Needs(Set<Modality> input, Set<Capability> capabilities, long tokens) {
  /** A model without one of these cannot serve the request; the others only change the response. */
  private static final Set<Capability> NECESSARY =
      EnumSet.of(Capability.TOOLS, Capability.STRUCTURED_OUTPUT);

  /** The needs of a request with that outline. */
  static Needs of(PromptOutline outline) {
    Set<Modality> input = EnumSet.noneOf(Modality.class);
    input.addAll(outline.inputs());
    input.remove(Modality.TEXT);
    Set<Capability> capabilities = EnumSet.copyOf(NECESSARY);
    capabilities.retainAll(outline.needs());
    return new Needs(input, capabilities, outline.promptTokens());
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
        return Optional.of("it does not accept " + kind.inWords());
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
