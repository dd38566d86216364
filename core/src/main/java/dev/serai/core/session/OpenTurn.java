package dev.serai.core.session;

import java.time.Instant;

/**
 * A request that goes on with a stored session: what is known of its turn before it is stored.
 * Confined to the thread that carries its call.
 */
public interface OpenTurn {
  /** The session, which is stored. */
  SessionStore.Key session();

  /** The ID that the message of the model will have. */
  String responseId();

  /** The time of the messages of the turn: when this is asked first. */
  Instant ended();
}
