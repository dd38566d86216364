package dev.serai.core.session;

import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.CapacityProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The sessions of all tenants. What is returned is stored for good. Every method blocks and throws
 * {@link CapacityProblem} while the store is unavailable. Thread-safe.
 */
public interface SessionStore {
  /** Names a session. */
  record Key(String tenant, String id) {}

  /**
   * A change of a session, which renews its life.
   *
   * @param status the new one; empty if it stays
   */
  record Change(Optional<Session.Status> status, SessionFacts.Changes facts) {}

  /**
   * How much of a session a call gets.
   *
   * @param maxTokens about the most tokens
   * @param summarised whether the summary of the session, if it has one, replaces the messages that
   *     it is of
   */
  record Budget(int maxTokens, boolean summarised) {
    /** Without a summary. */
    public static Budget of(int maxTokens) {
      return new Budget(maxTokens, false);
    }
  }

  /**
   * What a model gets of a session.
   *
   * @param summary what replaces older messages; it comes after the pinned ones
   * @param messages the pinned ones and the latest ones, in their order
   * @param tokens about how many the summary and all messages after it have, also those that are
   *     left out
   */
  record Context(
      Session session, Optional<String> summary, List<SessionMessage> messages, long tokens) {
    public Context {
      messages = List.copyOf(messages);
    }
  }

  /**
   * A message of a turn that is to be stored.
   *
   * @param id that no other message of the session has
   * @param created its time
   */
  record NewMessage(String id, Instant created, SessionMessage.Content content) {}

  /**
   * Stores a new session.
   *
   * @param life empty for the one of the settings
   * @throws CallerProblem 409 if the tenant has too many
   */
  Session create(SessionOwner owner, Optional<Duration> life, SessionFacts facts);

  /** A session, which may have expired, with all turns that this gateway has to remember. */
  Optional<Session> find(Key key);

  /**
   * Sessions, the newest first.
   *
   * @throws CallerProblem 400 if there is no session of the ID that the page comes after
   */
  List<Session> list(SessionQuery query);

  /**
   * Changes a session. One that has expired is active again.
   *
   * @throws CallerProblem 404 if it is gone
   */
  Session change(Key key, Change change);

  /** Deletes a session with its messages; false if it was not there. */
  boolean delete(Key key);

  /** Deletes a session later, if it has no messages. Does not block. */
  void discard(Key key);

  /**
   * Adds messages in their order, all or none, and renews the life of the session. A session that
   * becomes too large loses its oldest messages that are not pinned.
   *
   * @throws CallerProblem 404 if it is gone, 409 if it is not active, or its pinned messages leave
   *     no room
   */
  List<SessionMessage> add(Key key, List<SessionMessage.Content> messages);

  /** A new ID for a message of a turn. */
  String newMessageId();

  /**
   * Adds the messages of a turn later and once, in the order of the turns. Does not block. A turn
   * whose session is gone or takes no messages is lost.
   *
   * @return false if too much waits, so that the turn is lost
   */
  boolean remember(Key key, List<NewMessage> turn);

  /**
   * What a model gets of a session, with all turns that this gateway has to remember: whole turns
   * from the first one on that is within the limit. When the limit is passed, half of it is left
   * out at once, so that the beginning stays the same for several turns. Empty if the session is
   * gone.
   */
  Optional<Context> context(Key key, Budget budget);

  /** Messages of a session; none if it is gone. */
  SessionQuery.Messages messages(Key key, SessionQuery.Page page);
}
