package dev.serai.adapters.dialects.openaiapi;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What OpenAI's and xAI's models accept. Reasoning models of OpenAI reply 400 to sampling
 * parameters ("Using reasoning models", platform.openai.com/docs), those of xAI to penalties and
 * stop sequences ("Reasoning", docs.x.ai). Nothing is known of other models: they count as
 * accepting everything. Immutable.
 *
 * @param model the model's name at the provider
 */
public record ModelTraits(String model) {
  /** Grok models that reply 400 to an effort: Grok 3 mini and Grok 4.3 accept one. */
  private static final Pattern GROK_WITHOUT_EFFORT =
      Pattern.compile("grok-(2|3(?!-mini)|4(?!\\.[3-9])|code|build).*");

  /** Grok models that accept penalties and stop sequences. */
  private static final Pattern GROK_WITH_PENALTIES =
      Pattern.compile("grok-(2|3(?!-mini)).*|grok-.*non-reasoning.*");

  /** Models that reply 400 to functions in chat completions unless the effort is {@code none}. */
  private static final Pattern WITHOUT_FUNCTIONS_IN_CHATS =
      Pattern.compile("gpt-(5\\.([4-9]|[1-9]\\d)|[6-9](?!\\d))(?!.*chat).*");

  private static final Pattern CUSTOM_TOOLS = Pattern.compile("gpt-[5-9](?!\\d)(?!.*chat).*");

  /** Reasoning models of OpenAI. */
  private static final Pattern REASONING = Pattern.compile("o\\d.*|gpt-[5-9](?!\\d)(?!.*chat).*");

  /** Models that do not reason without an effort: later ones do, with a medium one. */
  private static final Pattern REASONING_IF_ASKED = Pattern.compile("gpt-5\\.[1-3](?!\\d).*");

  /** Whether it accepts an effort: models before the reasoning models reply 400. */
  public boolean takesEffort() {
    return !model.startsWith("gpt-4")
        && !model.startsWith("gpt-3")
        && !GROK_WITHOUT_EFFORT.matcher(name()).matches();
  }

  /** Whether the levels of effort that it accepts are known. */
  public boolean hasKnownEfforts() {
    return !efforts().isEmpty();
  }

  /** The levels of effort that it accepts, lowest first; empty if they are not known. */
  List<String> efforts() {
    return EffortLevels.of(name());
  }

  /**
   * Whether it accepts {@code temperature} and {@code top_p}. Models since GPT-5.1 accept them
   * while they do not reason, which is with the effort {@code none}, and for the first ones without
   * an effort.
   *
   * @param effort that is sent
   */
  public boolean takesSampling(Optional<String> effort) {
    String name = name();
    if (!reasons(name)) {
      return true;
    }
    String unset = REASONING_IF_ASKED.matcher(name).matches() ? "none" : "";
    return efforts().contains("none") && effort.orElse(unset).equals("none");
  }

  /**
   * Whether it accepts functions in chat completions. OpenAI's models since GPT-5.4 do so only with
   * the effort {@code none}; without one they reason, and refer to {@code /v1/responses}.
   */
  public boolean takesFunctionsInChats(Optional<String> effort) {
    return effort.orElse("").equals("none") || !WITHOUT_FUNCTIONS_IN_CHATS.matcher(model).matches();
  }

  /**
   * Whether it accepts custom tools, whose input is plain text: OpenAI's models since GPT-5 do, by
   * OpenAI's own names. Compatible servers and resellers know functions only.
   */
  public boolean takesCustomTools() {
    return CUSTOM_TOOLS.matcher(model).matches();
  }

  /** Whether it accepts penalties and stop sequences. */
  public boolean takesPenalties() {
    String name = name();
    return name.startsWith("grok-") ? GROK_WITH_PENALTIES.matcher(name).matches() : !reasons(name);
  }

  private static boolean reasons(String name) {
    return REASONING.matcher(name).matches();
  }

  /** The name without the vendor's prefix that resellers put before it. */
  private String name() {
    return model.substring(model.lastIndexOf('/') + 1);
  }
}
