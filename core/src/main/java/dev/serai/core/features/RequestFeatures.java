package dev.serai.core.features;

import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.Sampling;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.model.Capability;
import dev.serai.core.model.Modality;
import dev.serai.core.routing.PolicyFeatures;
import dev.serai.core.routing.PolicyFeatures.Trait;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a routing policy decides by. The same request has the same features in the form of every
 * surface; only {@link #promptTokens} may differ a little. Immutable.
 *
 * @param promptTokens about how many tokens the prompt has, with its tools
 * @param turns messages of the user other than results of tools
 * @param needs what the model must be able to do
 * @param inputs the kinds of content in the prompt
 * @param language of the user's last message
 * @param prefix keys of the beginning of the prompt
 * @param task the kind of work, as the caller states it or as it is guessed
 */
public record RequestFeatures(
    long promptTokens,
    int turns,
    Set<Capability> needs,
    Set<Modality> inputs,
    LanguageGuess language,
    PrefixKeys prefix,
    TaskGuess task) {

  /**
   * The features of a request. Reads a few thousand characters whatever the size of the request,
   * and never blocks.
   *
   * @param taskType what the caller says about the kind of work; empty if nothing. A type that
   *     names no cluster changes nothing
   */
  public static RequestFeatures of(PromptOutline outline, String taskType) {
    return new RequestFeatures(
        outline.promptTokens(),
        outline.turns(),
        outline.needs(),
        outline.inputs(),
        language(outline),
        outline.prefix(),
        TaskCluster.named(taskType)
            .map(TaskGuess::stated)
            .orElseGet(() -> TaskClassifier.classify(outline)));
  }

  /**
   * Reads the word lists and the model, which takes some milliseconds and blocks: to be called
   * before features are read where nothing may block.
   */
  public static void load() {
    Conversation hello =
        new Conversation(
            List.of(Message.of(Role.USER, List.of(new TextPart("Translate the word house.")))),
            List.of(),
            new ToolChoice.Unset(Optional.empty()),
            new ResponseFormat.Unset(),
            Sampling.UNSET,
            Map.of());
    var _ = of(PromptOutline.of(hello, false), "");
  }

  /** Those that are recorded. */
  public PolicyFeatures recorded() {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    add(traits, Trait.TOOLS, needs.contains(Capability.TOOLS));
    add(traits, Trait.IMAGES, inputs.contains(Modality.IMAGE));
    add(traits, Trait.STRUCTURED_OUTPUT, needs.contains(Capability.STRUCTURED_OUTPUT));
    add(traits, Trait.REASONING, needs.contains(Capability.REASONING));
    add(traits, Trait.OTHER_LANGUAGE, language.language() != Language.EN);
    return new PolicyFeatures(task.cluster().label(), promptTokens, turns, traits);
  }

  private static void add(Set<Trait> traits, Trait trait, boolean present) {
    if (present) {
      traits.add(trait);
    }
  }

  private static LanguageGuess language(PromptOutline outline) {
    LanguageGuess guess = LanguageGuess.of(outline.question());
    return guess.confidence() > 0 ? guess : LanguageGuess.of(outline.opening());
  }
}
