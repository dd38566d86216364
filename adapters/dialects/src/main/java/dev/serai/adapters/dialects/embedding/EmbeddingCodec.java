package dev.serai.adapters.dialects.embedding;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.core.json.JsonWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Reads and writes embeddings as JSON numbers and as base64 of little-endian floats. Pure. */
public final class EmbeddingCodec {
  private static final int MAX_DIMENSIONS = 65_536;

  private EmbeddingCodec() {}

  /** The floats in the form of OpenAI for {@code base64}. */
  public static String base64(float[] embedding) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * embedding.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(embedding);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  /**
   * Reads what {@link #base64} returns.
   *
   * @param offset of the text, for the message
   * @throws MalformedInput if it is not base64, or not of whole floats
   */
  public static float[] read(String base64, int offset) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      if (bytes.length == 0 || bytes.length % 4 != 0 || bytes.length / 4 > MAX_DIMENSIONS) {
        throw new MalformedInput(offset, "base64 of 1 to " + MAX_DIMENSIONS + " floats");
      }
      float[] embedding = new float[bytes.length / 4];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(embedding);
      return embedding;
    } catch (IllegalArgumentException e) {
      throw new MalformedInput(offset, "base64");
    }
  }

  /** Writes an embedding as an array of numbers, each with as few digits as identify the float. */
  public static void write(JsonWriter out, float[] embedding) {
    out.json(json(embedding));
  }

  /** An embedding as a JSON array of numbers. */
  public static String json(float[] embedding) {
    StringBuilder text = new StringBuilder(12 * embedding.length + 2).append('[');
    for (int i = 0; i < embedding.length; i++) {
      text.append(i == 0 ? "" : ",").append(embedding[i]);
    }
    return text.append(']').toString();
  }

  /**
   * Reads the array at the cursor.
   *
   * @param text the text of the cursor
   * @throws MalformedInput if it contains anything but numbers
   */
  public static float[] read(byte[] text, JsonCursor cursor) {
    float[] embedding = new float[1024];
    int length = 0;
    cursor.enterArray();
    while (cursor.nextElement()) {
      int from = cursor.offset();
      cursor.skip();
      if (length == embedding.length) {
        embedding = Arrays.copyOf(embedding, 2 * length);
      }
      embedding[length++] = number(text, from, cursor.offset());
      if (length > MAX_DIMENSIONS) {
        throw new MalformedInput(from, "at most " + MAX_DIMENSIONS + " numbers");
      }
    }
    return Arrays.copyOf(embedding, length);
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
