package dev.serai.adapters.netty.websocket;

/**
 * What a sender of frames may do.
 *
 * @param masked whether its frames must be masked, as those of a client; else they must not be
 * @param max how much it may send
 */
public record FrameLimits(boolean masked, Max max) {
  private static final int MAX_FRAGMENTS = 1000;
  private static final int MAX_CONTROLS = 100;

  /** Points of a ping, which must be answered; a pong has one. */
  static final int PING = 10;

  /** Those of a client. */
  public static FrameLimits ofClient(long maxMessageBytes) {
    return new FrameLimits(true, new Max(maxMessageBytes, MAX_FRAGMENTS, MAX_CONTROLS));
  }

  /** Those of a provider: it may send as much as it likes, as fast as the client takes it. */
  public static FrameLimits ofServer() {
    return new FrameLimits(false, new Max(Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));
  }

  /**
   * Maximum amounts.
   *
   * @param messageBytes of all frames of a message together
   * @param fragments frames of one message
   * @param controls points of pings and pongs within a second: 100 are ten pings, or ten times as
   *     many pongs
   */
  public record Max(long messageBytes, int fragments, int controls) {}
}
