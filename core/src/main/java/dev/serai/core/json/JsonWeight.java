package dev.serai.core.json;

/**
 * Estimates how many bytes of the heap the objects take that a translation makes of JSON: its tree,
 * the values of the gateway and what it writes. Long texts take little more than their length, but
 * a small object takes many times its length. Scans pieces of one text in order; what is not JSON
 * has some weight too. Not thread-safe.
 *
 * <p>The weights are measured: the smallest heap in which 60,000 messages, parts, tools, tool calls
 * or values of an enumeration are translated, on a 64-bit JVM with compact object headers.
 */
public final class JsonWeight {
  private static final int OBJECT = 300;
  private static final int MEMBER = 200;
  private static final int NEXT = 50;

  private static final int[] WEIGHTS = new int[256];

  static {
    WEIGHTS['{'] = OBJECT;
    WEIGHTS['['] = OBJECT;
    WEIGHTS[':'] = MEMBER;
    WEIGHTS[','] = NEXT;
  }

  private boolean inText;
  private boolean escaped;
  private long bytes;

  /** The weight of a whole text, in bytes. */
  public static long of(byte[] json) {
    JsonWeight weight = new JsonWeight();
    weight.add(json, 0, json.length);
    return weight.bytes();
  }

  /** Adds the next piece, which reaches from {@code from} to {@code to}. */
  public void add(byte[] json, int from, int to) {
    for (int i = from; i < to; i++) {
      byte next = json[i];
      if (!inText) {
        bytes += WEIGHTS[next & 0xFF];
        inText = next == '"';
      } else if (escaped) {
        escaped = false;
      } else if (next == '"') {
        inText = false;
      } else {
        escaped = next == '\\';
      }
    }
  }

  /** The weight of what was added, in bytes. */
  public long bytes() {
    return bytes;
  }
}
