package dev.serai.adapters.dialects.translation;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.core.json.JsonWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** EmbeddingCodec as JSON numbers and as the base64 of their little-endian floats. Pure. */
public final class EmbeddingCodec {
  private static final int LONGEST = 65_536;

  private EmbeddingCodec() {}

  /** The floats as OpenAI writes them when asked for {@code base64}. */
  public static String base64(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  /** A vector as an array of numbers; each is as short as it can be and still the same float. */
  public static void write(JsonWriter out, float[] vector) {
    StringBuilder text = new StringBuilder(12 * vector.length + 2).append('[');
    for (int i = 0; i < vector.length; i++) {
      text.append(i == 0 ? "" : ",").append(vector[i]);
    }
    out.json(text.append(']').toString());
  }

  /**
   * Takes the array the cursor is at.
   *
   * @param text what the cursor walks over
   * @throws MalformedInput if there is anything but numbers in it
   */
  public static float[] read(byte[] text, JsonCursor cursor) {
    float[] vector = new float[1024];
    int length = 0;
    cursor.enterArray();
    while (cursor.nextElement()) {
      int from = cursor.offset();
      cursor.skip();
      if (length == vector.length) {
        vector = Arrays.copyOf(vector, 2 * length);
      }
      vector[length++] = number(text, from, cursor.offset());
      if (length > LONGEST) {
        throw new MalformedInput(from, "at most " + LONGEST + " numbers");
      }
    }
    return Arrays.copyOf(vector, length);
  }

  private static float number(byte[] text, int from, int to) {
    try {
      float value = Float.parseFloat(new String(text, from, to - from, StandardCharsets.US_ASCII));
      if (Float.isFinite(value)) {
        return value;
      }
      throw new MalformedInput(from, "a number that is not too large");
    } catch (NumberFormatException e) {
      throw new MalformedInput(from, "a number");
    }
  }
}
