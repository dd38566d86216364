package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.request.UnmappedFields;
import dev.serai.adapters.dialects.schema.FittedSchema;
import dev.serai.adapters.dialects.schema.SchemaFitter;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.ReasoningSettings;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.Sampling;
import dev.serai.core.json.JsonWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Writes {@code generationConfig}: sampling, the response format and thinking, which one generation
 * of models takes as a budget and the next as a level. A setting that a model does not accept
 * becomes the nearest one, or is omitted, and is reported as dropped.
 */
final class GenerationConfigWriter {
  private static final String EFFORT = "reasoning_effort";
  private static final int MAX_CANDIDATES = 8;
  private static final int UNSET = Integer.MIN_VALUE;
  private static final int CHOSEN_BY_MODEL = -1;

  private final Conversation conversation;
  private final ModelTraits traits;
  private final DroppedFields dropped;

  GenerationConfigWriter(Conversation conversation, ModelTraits traits, DroppedFields dropped) {
    this.conversation = conversation;
    this.traits = traits;
    this.dropped = dropped;
  }

  /**
   * Writes the object, unless it is empty.
   *
   * @param unmapped fields that the object can hold are taken out of this
   */
  void write(JsonWriter out, UnmappedFields unmapped) {
    JsonWriter config = new JsonWriter().beginObject();
    writeSampling(config);
    unmapped.number("seed").ifPresent(json -> config.name("seed").json(json));
    unmapped
        .number("presence_penalty")
        .ifPresent(json -> config.name("presencePenalty").json(json));
    unmapped
        .number("frequency_penalty")
        .ifPresent(json -> config.name("frequencyPenalty").json(json));
    writeFormat(config);
    writeThinking(config);
    byte[] json = config.endObject().bytes();
    if (json.length > 2) {
      out.name("generationConfig").json(json);
    }
  }

  /** How many candidates are asked for if so many choices are wanted. */
  static long candidates(long choices) {
    return Math.min(choices, MAX_CANDIDATES);
  }

  private void writeSampling(JsonWriter config) {
    Sampling sampling = conversation.sampling();
    sampling.temperature().ifPresent(value -> config.name("temperature").value(value));
    sampling.topP().ifPresent(value -> config.name("topP").value(value));
    sampling.topK().ifPresent(value -> config.member("topK", value));
    sampling.maxTokens().ifPresent(most -> config.member("maxOutputTokens", most));
    int choices = sampling.choices().orElse(1);
    if (choices > 1) {
      config.member("candidateCount", candidates(choices));
    }
    if (choices > MAX_CANDIDATES) {
      dropped.add("n");
    }
    List<String> stops = sampling.stop();
    if (!stops.isEmpty()) {
      config.member("stopSequences", stops);
    }
  }

  private void writeFormat(JsonWriter config) {
    ResponseFormat format = conversation.responseFormat();
    boolean bound =
        format instanceof ResponseFormat.JsonObject || format instanceof ResponseFormat.JsonSchema;
    if (!bound) {
      return;
    }
    if (!conversation.tools().isEmpty() && !traits.formatWithTools()) {
      // Such a model responds 400 to both at once, and tools are more useful.
      dropped.add("response_format");
      return;
    }
    config.member("responseMimeType", "application/json");
    if (format instanceof ResponseFormat.JsonSchema schema) {
      FittedSchema fitted = SchemaFitter.output(schema.schemaJson(), SchemaProfiles.RESPONSE);
      config.name("responseJsonSchema").json(fitted.json());
      if (fitted.isWeakened()) {
        dropped.add("response_format.json_schema");
      }
    }
  }

  private void writeThinking(JsonWriter config) {
    ReasoningSettings wish = conversation.sampling().reasoning();
    if (wish.equals(ReasoningSettings.UNSET)) {
      return;
    }
    boolean off =
        wish.mode() == ReasoningSettings.Mode.OFF
            || wish.effort().filter("none"::equals).isPresent();
    switch (traits.thinking()) {
      case NONE -> {
        if (!off) {
          dropped.add(EFFORT);
        }
      }
      case BUDGET -> {
        int budget = off ? traits.minBudget() : budget(wish);
        if (off && budget > 0) {
          dropped.add(EFFORT);
        }
        writeBudget(config, budget, !off);
      }
      case LEVEL -> writeLevel(config, wish, off);
    }
  }

  private static void writeBudget(JsonWriter config, int budget, boolean shown) {
    config.name("thinkingConfig").beginObject();
    if (budget != UNSET) {
      config.member("thinkingBudget", budget);
    }
    shown(config, shown).endObject();
  }

  private static JsonWriter shown(JsonWriter config, boolean shown) {
    return shown ? config.member("includeThoughts", true) : config;
  }

  private int budget(ReasoningSettings wish) {
    OptionalInt asked = wish.budgetTokens();
    if (asked.isPresent()) {
      int fitting = Math.clamp(asked.getAsInt(), traits.minBudget(), traits.maxBudget());
      if (fitting != asked.getAsInt()) {
        dropped.add("thinking.budget_tokens");
      }
      return fitting;
    }
    if (wish.effort().isEmpty()) {
      return wish.mode() == ReasoningSettings.Mode.ADAPTIVE ? CHOSEN_BY_MODEL : UNSET;
    }
    return switch (wish.effort().get()) {
      case "minimal", "low" -> 1024;
      case "medium" -> 8192;
      case "high" -> 24_576;
      case "xhigh", "max" -> traits.maxBudget();
      default -> {
        dropped.add(EFFORT);
        yield UNSET;
      }
    };
  }

  private void writeLevel(JsonWriter config, ReasoningSettings wish, boolean off) {
    config.name("thinkingConfig").beginObject();
    Optional<String> effort = off ? Optional.of("none") : wish.effort();
    if (effort.isPresent()) {
      String level = level(effort.get());
      if (!level.isEmpty()) {
        config.member("thinkingLevel", level);
      }
      if (!level.equals(effort.get())) {
        dropped.add(EFFORT);
      }
    } else if (wish.budgetTokens().isPresent()) {
      // The newer models accept the budget of the older ones too, but not together with a level.
      config.member("thinkingBudget", wish.budgetTokens().getAsInt());
    }
    shown(config, !off).endObject();
  }

  /** The nearest level that the model accepts. */
  private String level(String effort) {
    return switch (effort) {
      case "none", "minimal" -> traits.minimal() ? "minimal" : "low";
      case "low", "high" -> effort;
      case "medium" -> traits.medium() ? "medium" : "high";
      case "xhigh", "max" -> "high";
      default -> "";
    };
  }
}
