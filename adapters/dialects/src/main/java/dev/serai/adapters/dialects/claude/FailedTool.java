package dev.serai.adapters.dialects.claude;

/**
 * The result of a tool that failed without content: Anthropic and Bedrock refuse an empty one.
 * Stateless.
 */
public final class FailedTool {
  /** What the model reads. */
  public static final String TEXT = "The tool failed.";

  private FailedTool() {}
}
