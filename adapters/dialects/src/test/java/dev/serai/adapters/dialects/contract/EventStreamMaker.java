package dev.serai.adapters.dialects.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * Makes AWS's event stream of what a person can read, a line for each message:
 *
 * <pre>
 * event TYPE JSON
 * exception TYPE JSON
 * error CODE MESSAGE
 * bytes HEX           these bytes, which are not a message
 * break N             the last message loses its last N bytes
 * damage N            the byte N before the end of the last message is changed
 * </pre>
 */
public final class EventStreamMaker {
  private EventStreamMaker() {}

  /** The bytes of all lines. */
  public static byte[] of(String lines) {
    byte[] all = {};
    for (String line : lines.split("\n")) {
      if (!line.isBlank()) {
        all = with(all, line.split(" ", 3));
      }
    }
    return all;
  }

  private static byte[] with(byte[] before, String[] words) {
    return switch (words[0]) {
      case "event", "exception", "error" -> joined(before, message(words[0], words[1], words[2]));
      case "bytes" -> joined(before, HexFormat.of().parseHex(words[1]));
      case "break" -> Arrays.copyOf(before, before.length - Integer.parseInt(words[1]));
      case "damage" -> {
        before[before.length - Integer.parseInt(words[1])] ^= 1;
        yield before;
      }
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] message(String kind, String type, String content) {
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    byte[] payload = content.getBytes(UTF_8);
    switch (kind) {
      case "error" -> {
        header(headers, ":error-code", type);
        header(headers, ":error-message", content);
        payload = new byte[0];
      }
      default -> {
        header(headers, ":" + kind + "-type", type);
        header(headers, ":content-type", "application/json");
      }
    }
    header(headers, ":message-type", kind);
    return frame(headers.toByteArray(), payload);
  }

  /** One message with these headers, encoded already. */
  public static byte[] frame(byte[] headers, byte[] payload) {
    int length = 16 + headers.length + payload.length;
    ByteBuffer out = ByteBuffer.allocate(length).putInt(length).putInt(headers.length);
    out.putInt(crc(out.array(), 8)).put(headers).put(payload);
    return out.putInt(crc(out.array(), length - 4)).array();
  }

  private static void header(ByteArrayOutputStream out, String name, String value) {
    byte[] text = value.getBytes(UTF_8);
    out.write(name.length());
    out.writeBytes(name.getBytes(UTF_8));
    out.write(7);
    out.write(text.length >> 8);
    out.write(text.length);
    out.writeBytes(text);
  }

  private static int crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
