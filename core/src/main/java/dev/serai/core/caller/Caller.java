package dev.serai.core.caller;

/**
 * On whose account a call is and what it is part of. Immutable.
 *
 * @param tenant who pays
 * @param key the name of the credential, never the credential; empty if none was asked for
 * @param session the conversation; empty if there is none
 * @param taskType what kind of work the call is for, in the caller's words; empty if not said
 */
public record Caller(String tenant, String key, String session, String taskType) {
  /** Nobody in particular: the tenant {@code public}. */
  public static final Caller ANONYMOUS = new Caller("public", "", "", "");
}
