package dev.serai.core.websocket;

import dev.serai.core.problem.GatewayProblem;

/**
 * Why a WebSocket connection ends (RFC 6455, section 7.4).
 *
 * @param code a status code; {@link #NO_STATUS} and {@link #ABNORMAL} are never sent
 * @param reason for people, at most 123 bytes in UTF-8; may be empty
 */
public record Close(int code, String reason) {
  public static final int NORMAL = 1000;
  public static final int GOING_AWAY = 1001;
  public static final int PROTOCOL_ERROR = 1002;

  /** The close frame named no code. */
  public static final int NO_STATUS = 1005;

  /** The connection ended without a close frame. */
  public static final int ABNORMAL = 1006;

  public static final int INVALID_DATA = 1007;
  public static final int POLICY_VIOLATION = 1008;
  public static final int TOO_BIG = 1009;
  public static final int INTERNAL_ERROR = 1011;

  /** The connection is lost. */
  public static final Close LOST = new Close(ABNORMAL, "");

  /** The close of a connection that ends for a problem. */
  public static Close of(GatewayProblem why) {
    return new Close(
        switch (why.status()) {
          case 413 -> TOO_BIG;
          case 503 -> GOING_AWAY;
          default -> INTERNAL_ERROR;
        },
        why.message());
  }

  /** Whether the code says that all is well: a normal end, or one side goes away. */
  public boolean isNormal() {
    return code == NORMAL || code == GOING_AWAY || code == NO_STATUS;
  }

  /** Whether a close frame may have this code. */
  public static boolean isSendable(int code) {
    return (code >= 1000 && code <= 1003)
        || (code >= 1007 && code <= 1014)
        || (code >= 3000 && code <= 4999);
  }
}
