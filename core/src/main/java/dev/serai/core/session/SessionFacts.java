package dev.serai.core.session;

import java.util.Optional;

/**
 * What the client of a session notes about it: JSON objects as the client wrote them. Immutable.
 *
 * @param metadata what the client calls it by
 * @param preferences of the user
 * @param variables of the conversation
 * @param context what else belongs to the conversation
 */
public record SessionFacts(String metadata, String preferences, String variables, String context) {
  /** The largest of these objects, in bytes. */
  public static final int MAX_BYTES = 16 * 1024;

  /** An object without members. */
  public static final String EMPTY = "{}";

  /** Nothing noted. */
  public static final SessionFacts NONE = new SessionFacts(EMPTY, EMPTY, EMPTY, EMPTY);

  /**
   * Some of these objects, which replace the former ones.
   *
   * @param metadata empty if it stays as it is; so are the others
   */
  public record Changes(
      Optional<String> metadata,
      Optional<String> preferences,
      Optional<String> variables,
      Optional<String> context) {}

  /** The same with changes. */
  public SessionFacts with(Changes changes) {
    return new SessionFacts(
        changes.metadata.orElse(metadata),
        changes.preferences.orElse(preferences),
        changes.variables.orElse(variables),
        changes.context.orElse(context));
  }
}
