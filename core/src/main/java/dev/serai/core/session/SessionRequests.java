package dev.serai.core.session;

import dev.serai.core.problem.CallerProblem;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Reads the JSON of requests about sessions. Pure and thread-safe. */
public interface SessionRequests {
  /**
   * What a new session begins with.
   *
   * @param life empty for that of the settings
   */
  record NewSession(Optional<Duration> life, SessionFacts facts) {}

  /**
   * Reads a request for a new session; an empty body asks for one without facts.
   *
   * @throws CallerProblem 400 if it is malformed
   */
  NewSession readNew(byte[] json);

  /**
   * Reads a change of a session.
   *
   * @throws CallerProblem 400 if it is malformed
   */
  SessionStore.Change readChange(byte[] json);

  /**
   * Reads a message.
   *
   * @throws CallerProblem 400 if it is malformed, 413 if it is too large
   */
  SessionMessage.Content readMessage(byte[] json);

  /** The members of a JSON object that are texts. */
  Map<String, String> texts(String json);
}
