package dev.serai.adapters.dialects.request;

import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation.Sampling;
import dev.serai.core.json.JsonWriter;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Which of OpenAI's models can be told how to choose words: those that think answer 400 to it
 * ("Using reasoning models", platform.openai.com/docs). Of other names nothing is known: they are
 * told.
 */
public final class SamplingWriter {
  private SamplingWriter() {}

  /** Writes {@code temperature} and {@code top_p} for models that take them; 1 is the default. */
  public static void write(Sampling sampling, String model, JsonWriter out, DroppedFields dropped) {
    boolean taken = isTakenBy(model, ReasoningEffort.of(sampling.reasoning()));
    write("temperature", sampling.temperature(), taken ? out : null, dropped);
    write("top_p", sampling.topP(), taken ? out : null, dropped);
  }

  private static void write(
      String member, OptionalDouble wish, @Nullable JsonWriter out, DroppedFields dropped) {
    if (wish.isPresent() && out != null) {
      out.name(member).value(wish.getAsDouble());
    } else if (wish.orElse(1) != 1) {
      dropped.add(member);
    }
  }

  /** Without an effort models since 5.1 do not think. */
  private static boolean isTakenBy(String model, Optional<String> effort) {
    String name = name(model);
    if (!thinks(name)) {
      return true;
    }
    boolean mayRest = name.startsWith("gpt-5.") && !name.contains("codex") && !name.contains("pro");
    return mayRest && effort.orElse("none").equals("none");
  }

  /** Whether a model takes penalties and stop words. */
  public static boolean hasWordsTakenBy(String model) {
    return !thinks(name(model));
  }

  private static boolean thinks(String name) {
    boolean older = name.length() > 1 && name.charAt(0) == 'o' && Character.isDigit(name.charAt(1));
    return older || name.startsWith("gpt-5") && !name.contains("chat");
  }

  /** Without the vendor's name that a reseller puts before it. */
  private static String name(String model) {
    return model.substring(model.lastIndexOf('/') + 1);
  }
}
