package dev.serai.adapters.dialects.claude;

import dev.serai.core.chat.OpaqueState;

/**
 * The opaque state of Claude's reasoning as clients of Anthropic's API send it, which does not name
 * the provider. Every platform that serves Claude accepts it ("Extended thinking: signatures are
 * compatible across platforms", docs.anthropic.com). Stateless.
 */
public final class ClaudeSignatures {
  /** The dialect that the state belongs to. */
  public static final String DIALECT = "anthropic";

  /** The kind of state of readable reasoning. */
  public static final String SIGNATURE = "signature";

  /** The kind of state of redacted reasoning. */
  public static final String REDACTED = "redacted_thinking";

  private ClaudeSignatures() {}

  /** Whether every platform accepts this state. */
  public static boolean isPortable(OpaqueState state) {
    return state.dialect().equals(DIALECT)
        && state.provider().isEmpty()
        && (state.kind().equals(SIGNATURE) || isRedacted(state));
  }

  /** Whether it is of redacted reasoning. */
  public static boolean isRedacted(OpaqueState state) {
    return state.dialect().equals(DIALECT) && state.kind().equals(REDACTED);
  }
}
