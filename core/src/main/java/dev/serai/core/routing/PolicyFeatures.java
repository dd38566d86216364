package dev.serai.core.routing;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The features of a request that policies decide by, small enough to be recorded for every call.
 * They contain no text of the request. Immutable.
 *
 * @param task the kind of work: the label of a {@code TaskCluster}
 * @param promptTokens about how many tokens the prompt has, with its tools
 * @param turns messages of the user other than results of tools
 * @param traits what else is known of it
 */
public record PolicyFeatures(String task, long promptTokens, int turns, Set<Trait> traits) {
  /** A property that a request has or has not. */
  public enum Trait {
    /** It declares tools. */
    TOOLS,
    /** It has images. */
    IMAGES,
    /** It requires a response that follows a JSON schema. */
    STRUCTURED_OUTPUT,
    /** It asks the model to reason. */
    REASONING,
    /** Its language is not English, or not known. */
    OTHER_LANGUAGE;

    /** Its name in the ledger and in replies. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The trait of that name. */
    public static Optional<Trait> named(String label) {
      return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
    }
  }

  public PolicyFeatures {
    traits = Set.copyOf(traits);
  }
}
