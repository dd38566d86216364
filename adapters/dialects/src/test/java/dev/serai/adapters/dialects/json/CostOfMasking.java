package dev.serai.adapters.dialects.json;

import dev.serai.core.json.JsonWriter;
import dev.serai.core.privacy.PiiDetector;
import dev.serai.core.privacy.PiiKind;
import dev.serai.core.privacy.Placeholders;
import dev.serai.core.privacy.RequestMask;
import dev.serai.core.privacy.TextUnmasker;
import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import java.util.Set;

/**
 * Measures what masking costs a call: the search of a request without and with personal data, its
 * masking, and a streamed reply. A program, not a test.
 */
public final class CostOfMasking {
  private static final int ROUNDS = 12;
  private static final int CALLS = 4000;
  private static final String PROSE =
      "The quarterly report shows that revenue in region 7 rose by 12.5 % to 1,204,300 dollars,"
          + " while costs (see page 12) fell; max_tokens=4096 was enough for the summary. ";

  private static final JsonTextRewriter TEXTS = new JsonTextRewriter();
  private static final PiiDetector DETECTOR =
      new PiiDetector(EnumSet.allOf(PiiKind.class), Set.of("Erika Mustermann"));

  private CostOfMasking() {}

  public static void main(String[] arguments) {
    byte[] plain = body(PROSE.repeat(12));
    byte[] personal = body(PROSE.repeat(11) + "I am erika@example.com, +49 30 1234567. " + PROSE);
    for (int round = 0; round < ROUNDS; round++) {
      System.out.printf(
          "a request of %d bytes: searched %.1f us, searched and masked %.1f us;"
              + " 100 pieces of a reply %.1f us%n",
          plain.length, search(plain), mask(personal), stream());
    }
  }

  private static byte[] body(String text) {
    JsonWriter out = new JsonWriter().beginObject().member("model", "gpt-4o");
    out.name("messages").beginArray().beginObject().member("role", "user");
    return out.member("content", text).endObject().endArray().endObject().bytes();
  }

  private static double search(byte[] body) {
    long start = cpuNanos();
    for (int i = 0; i < CALLS; i++) {
      if (!new RequestMask(DETECTOR, TEXTS, body).counts().isEmpty()) {
        throw new IllegalStateException("found");
      }
    }
    return micros(start);
  }

  private static double mask(byte[] body) {
    long start = cpuNanos();
    for (int i = 0; i < CALLS; i++) {
      if (new RequestMask(DETECTOR, TEXTS, body).masked(new Placeholders()) == body) {
        throw new IllegalStateException("not found");
      }
    }
    return micros(start);
  }

  private static double stream() {
    Placeholders placeholders = new Placeholders();
    new RequestMask(DETECTOR, TEXTS, body("erika@example.com")).masked(placeholders);
    long length = 0;
    long start = cpuNanos();
    for (int i = 0; i < CALLS; i++) {
      TextUnmasker unmasker = new TextUnmasker(placeholders, false);
      for (int piece = 0; piece < 100; piece++) {
        length += unmasker.take(piece % 10 == 0 ? "[EMAIL_1] " : "token ").length();
      }
    }
    if (length == 0) {
      throw new IllegalStateException("nothing");
    }
    return micros(start);
  }

  private static double micros(long start) {
    return (cpuNanos() - start) / 1000.0 / CALLS;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
