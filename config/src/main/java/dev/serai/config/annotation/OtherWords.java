package dev.serai.config.annotation;

import java.util.Optional;

/** An enum of a setting that knows words of other programs for its values. Immutable. */
public interface OtherWords {
  /**
   * What to write instead of a word that is not one of the values.
   *
   * @return the end of a message; empty if the word is unknown
   */
  Optional<String> insteadOf(String word);
}
