package dev.serai.adapters.redis;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.util.RedisInputStream;

/**
 * Reads one reply of Redis's protocol RESP 2, which may not have nulls. Everything in it is
 * bounded, because what replies may not be a Redis: a length alone must not take the memory of the
 * gateway.
 *
 * @see <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">the protocol</a>
 */
final class ReplyReader {
  private static final int MAX_LINE_BYTES = 4096;
  private static final int MAX_DEPTH = 3;

  private final RedisInputStream in;
  private final Bounds bounds;
  private int values;

  /**
   * How much is read.
   *
   * @param bytes of a text
   * @param values of a reply
   */
  record Bounds(int bytes, int values) {
    /** For numbers and short texts. */
    static final Bounds OF_NUMBERS = new Bounds(MAX_LINE_BYTES, 1024);
  }

  ReplyReader(RedisInputStream in, Bounds bounds) {
    this.in = in;
    this.bounds = bounds;
  }

  /**
   * Reads the reply: bytes, a number or a list of these.
   *
   * @throws JedisDataException if Redis reports an error, or the reply is not valid or too large
   */
  Object read() {
    return value(0);
  }

  private Object value(int depth) {
    values++;
    if (values > bounds.values || depth > MAX_DEPTH) {
      throw invalid();
    }
    byte type = in.readByte();
    byte[] line = line();
    return switch (type) {
      case '+' -> line;
      case '-' -> throw error(new String(line, StandardCharsets.UTF_8));
      case ':' -> number(line);
      case '$' -> bulk(number(line));
      case '*' -> array(number(line), depth);
      default -> throw invalid();
    };
  }

  private byte[] line() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (byte each = in.readByte(); each != '\r'; each = in.readByte()) {
      if (line.size() == MAX_LINE_BYTES) {
        throw invalid();
      }
      line.write(each);
    }
    require('\n');
    return line.toByteArray();
  }

  private void require(char expected) {
    if (in.readByte() != expected) {
      throw invalid();
    }
  }

  private static long number(byte[] line) {
    try {
      return Long.parseLong(new String(line, StandardCharsets.ISO_8859_1));
    } catch (NumberFormatException _) {
      throw invalid();
    }
  }

  private byte[] bulk(long length) {
    if (length < 0 || length > bounds.bytes) {
      throw invalid();
    }
    byte[] bytes = new byte[(int) length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = in.readByte();
    }
    require('\r');
    require('\n');
    return bytes;
  }

  private List<Object> array(long length, int depth) {
    if (length < 0 || length > bounds.values) {
      throw invalid();
    }
    List<Object> list = new ArrayList<>();
    for (long i = 0; i < length; i++) {
      list.add(value(depth + 1));
    }
    return list;
  }

  private static JedisDataException error(String message) {
    return message.startsWith("NOSCRIPT")
        ? new JedisNoScriptException(message)
        : new JedisDataException(message);
  }

  private static JedisDataException invalid() {
    return new JedisDataException("the reply is not that of a Redis server");
  }
}
