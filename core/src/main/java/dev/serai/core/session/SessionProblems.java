package dev.serai.core.session;

import dev.serai.core.problem.CallerProblem;
import dev.serai.core.secret.KeyForms;
import java.util.Optional;

/** The failures of requests about sessions. Stateless. */
public final class SessionProblems {
  private static final Optional<String> SESSION = Optional.of("session_id");

  private SessionProblems() {}

  /** 404: there is no such session, or the caller may not use it. */
  public static CallerProblem notFound(String id) {
    return new CallerProblem(
        404, "session_not_found", "Session " + KeyForms.redacted(id) + " not found", SESSION);
  }

  /** 404: the session has no summary. */
  public static CallerProblem notSummarised(String id) {
    return new CallerProblem(
        404,
        "summary_not_found",
        "Session "
            + id
            + " has no summary. It gets one when it is long enough, if"
            + " state.sessions.compression is on.",
        SESSION);
  }

  /** 409: the session takes no messages. */
  public static CallerProblem notActive(String id, Session.Status status) {
    return new CallerProblem(
        409,
        "session_not_active",
        "Session "
            + id
            + " is "
            + status.label()
            + ". Set its status to active with PATCH /v1/sessions/"
            + id
            + " to go on with it.",
        SESSION);
  }

  /** 409: the pinned messages of the session leave no room for others. */
  public static CallerProblem full(String id) {
    return new CallerProblem(
        409,
        "session_full",
        "The pinned messages of session " + id + " leave no room for more. Begin a new session.",
        SESSION);
  }

  /** 409: the tenant has too many sessions. */
  public static CallerProblem tooMany(int max) {
    return new CallerProblem(
        409,
        "too_many_sessions",
        "The tenant has " + max + " sessions. Delete some that are no longer needed.",
        Optional.empty());
  }

  /** 413: a message is too large. */
  public static CallerProblem tooLarge() {
    return new CallerProblem(
        413,
        "message_too_large",
        "The content of a message has at most " + SessionMessage.MAX_BYTES + " bytes.",
        Optional.of("content"));
  }
}
