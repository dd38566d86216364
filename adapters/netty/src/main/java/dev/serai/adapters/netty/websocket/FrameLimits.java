package dev.serai.adapters.netty.websocket;

/**
 * What a sender of frames may do. The numbers of fragments and of pings are limited for clients.
 *
 * @param masked whether its frames must be masked, as those of a client; else they must not be
 * @param checksText whether text must be well-formed UTF-8; if not, it is not looked at
 * @param maxMessageBytes of all frames of a message together
 */
public record FrameLimits(boolean masked, boolean checksText, long maxMessageBytes) {
  /** Frames of one message. */
  private static final int MAX_FRAGMENTS = 1000;

  /** Points of pings and pongs within a second: ten pings, or ten times as many pongs. */
  private static final int MAX_CONTROLS = 100;

  /** Points of a ping, which must be answered; a pong has one. */
  static final int PING = 10;

  /** Those of a client. */
  public static FrameLimits ofClient(long maxMessageBytes) {
    return new FrameLimits(true, true, maxMessageBytes);
  }

  /** Those of a server that the gateway trusts: its text is not checked. */
  public static FrameLimits ofServer() {
    return new FrameLimits(false, false, Long.MAX_VALUE);
  }

  int maxFragments() {
    return masked ? MAX_FRAGMENTS : Integer.MAX_VALUE;
  }

  int maxControls() {
    return masked ? MAX_CONTROLS : Integer.MAX_VALUE;
  }
}
