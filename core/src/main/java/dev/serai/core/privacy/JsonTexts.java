package dev.serai.core.privacy;

/** Rewrites the texts of a JSON body and leaves every other byte as it is. Thread-safe. */
@FunctionalInterface
public interface JsonTexts {
  /**
   * Rewrites all strings and member names, also those of JSON texts inside strings.
   *
   * @return the same array if nothing differs
   * @throws dev.serai.core.problem.CallerProblem if the body is not JSON
   */
  byte[] rewrite(byte[] body, Rewriter rewriter);

  /** Rewrites one text after another, in the order of the body. */
  @FunctionalInterface
  interface Rewriter {
    /**
     * Rewrites a string, a member's name, or a whole number with at least 13 digits, which becomes
     * a string if it is changed.
     *
     * @param member the name of the member that the text is the value of; empty if it is none
     * @return the same text to leave it
     */
    String rewrite(String text, String member);
  }
}
