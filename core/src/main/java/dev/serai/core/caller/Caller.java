package dev.serai.core.caller;

/**
 * Who makes a call, who pays for it, and what it is part of. Immutable.
 *
 * @param tenant who pays
 * @param key the name of the API key, never the key itself; empty without one
 * @param session the conversation; empty if there is none
 * @param taskType the kind of work, in the caller's words; empty if not given
 */
public record Caller(String tenant, String key, String session, String taskType) {
  /** A caller without an API key: the tenant {@code public}. */
  public static final Caller ANONYMOUS = new Caller("public", "", "", "");
}
