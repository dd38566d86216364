package dev.serai.core.prompt.template;

/**
 * A request names a stored prompt, which has to be put into it before it can be read. Without a
 * stack trace: it is cheap to throw. Immutable.
 */
public final class NamedPrompt extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient PromptReference reference;

  /**
   * @param reference how the request names it
   */
  public NamedPrompt(PromptReference reference) {
    super("a stored prompt is not yet in its request", null, false, false);
    this.reference = reference;
  }

  /** How the request names it. */
  public PromptReference reference() {
    return reference;
  }
}
