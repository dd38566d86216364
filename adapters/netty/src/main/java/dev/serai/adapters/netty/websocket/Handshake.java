package dev.serai.adapters.netty.websocket;

import dev.serai.core.hash.Sha1;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The keys of the opening handshake (RFC 6455, section 4). Stateless. */
public final class Handshake {
  /** The only version of the protocol. */
  public static final String VERSION = "13";

  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_BYTES = 16;

  private Handshake() {}

  /** The value of {@code Sec-WebSocket-Accept} that answers a {@code Sec-WebSocket-Key}. */
  public static String accept(String key) {
    byte[] hash = Sha1.of((key + MAGIC).getBytes(StandardCharsets.ISO_8859_1));
    return Base64.getEncoder().encodeToString(hash);
  }

  /** Whether a {@code Sec-WebSocket-Key} is 16 bytes in base64. */
  public static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** A key for a client, from two random numbers. */
  public static String key(long first, long second) {
    byte[] bytes = new byte[KEY_BYTES];
    for (int i = 0; i < 8; i++) {
      bytes[i] = (byte) (first >>> 8 * i);
      bytes[8 + i] = (byte) (second >>> 8 * i);
    }
    return Base64.getEncoder().encodeToString(bytes);
  }
}
