package dev.serai.core.chat;

/**
 * A chat request as a surface read it. The bytes are the caller's and are kept: every attempt is
 * written from them, never from what another attempt was sent. Immutable.
 */
public interface ChatRequest {
  /** The dialect of {@link #bytes}. */
  String dialect();

  /** The caller's own bytes. Not to be changed. */
  byte[] bytes();

  /** The model's name as the caller wrote it. */
  String model();

  boolean streaming();

  /** Whether the caller asked to be told the usage at the end of a stream. */
  boolean wantsUsage();

  /** The request understood; parsed at the first call and kept. */
  Conversation conversation();
}
