package dev.serai.core.features;

import dev.serai.core.model.Capability;
import dev.serai.core.model.Modality;
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

  private static LanguageGuess language(PromptOutline outline) {
    LanguageGuess guess = LanguageGuess.of(outline.question());
    return guess.confidence() > 0 ? guess : LanguageGuess.of(outline.opening());
  }
}
