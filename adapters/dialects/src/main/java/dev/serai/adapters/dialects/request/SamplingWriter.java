package dev.serai.adapters.dialects.request;

import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation.Sampling;
import dev.serai.core.json.JsonWriter;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Writes sampling parameters for models that accept them: OpenAI's reasoning models respond 400 to
 * them ("Using reasoning models", platform.openai.com/docs). A model with another name gets them.
 */
public final class SamplingWriter {
  private SamplingWriter() {}

  /** Writes {@code temperature} and {@code top_p} for models that accept them; 1 is the default. */
  public static void write(Sampling sampling, String model, JsonWriter out, DroppedFields dropped) {
    boolean taken = isTakenBy(model, ReasoningEffort.of(sampling.reasoning()));
    write("temperature", sampling.temperature(), taken ? out : null, dropped);
    write("top_p", sampling.topP(), taken ? out : null, dropped);
  }

  private static void write(
      String member, OptionalDouble value, @Nullable JsonWriter out, DroppedFields dropped) {
    if (value.isPresent() && out != null) {
      out.name(member).value(value.getAsDouble());
    } else if (value.orElse(1) != 1) {
      dropped.add(member);
    }
  }

  /** Models since 5.1 do not reason unless an effort is set. */
  private static boolean isTakenBy(String model, Optional<String> effort) {
    String name = name(model);
    if (!reasons(name)) {
      return true;
    }
    boolean mayRest = name.startsWith("gpt-5.") && !name.contains("codex") && !name.contains("pro");
    return mayRest && effort.orElse("none").equals("none");
  }

  /** Whether a model accepts penalties and stop sequences. */
  public static boolean hasWordsTakenBy(String model) {
    return !reasons(name(model));
  }

  private static boolean reasons(String name) {
    boolean older = name.length() > 1 && name.charAt(0) == 'o' && Character.isDigit(name.charAt(1));
    return older || name.startsWith("gpt-5") && !name.contains("chat");
  }

  /** The name without the vendor prefix of a reseller. */
  private static String name(String model) {
    return model.substring(model.lastIndexOf('/') + 1);
  }
}
