package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.claude.ClaudeTraits;
import dev.serai.adapters.dialects.claude.GenerationWriter;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Sampling;
import dev.serai.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the model is to generate. What every model has goes into {@code inferenceConfig}; what only
 * some have, thinking above all, into {@code additionalModelRequestFields} in the vendor's own
 * words. For Claude these are Anthropic's, and so are their rules. For one request.
 */
final class InferenceConfigWriter {
  private static final Map<String, String> COMMON =
      Map.of(
          "max_tokens", "maxTokens",
          "temperature", "temperature",
          "top_p", "topP",
          "stop_sequences", "stopSequences");

  private final Map<String, String> common = new LinkedHashMap<>();
  private final Map<String, String> additional = new LinkedHashMap<>();
  private Optional<String> effort = Optional.empty();

  private InferenceConfigWriter() {}

  static InferenceConfigWriter ofClaude(
      Conversation conversation, ClaudeTraits traits, boolean thoughtful, DroppedFields dropped) {
    InferenceConfigWriter inference = new InferenceConfigWriter();
    GenerationWriter generation = new GenerationWriter(conversation, traits, thoughtful, dropped);
    JsonWriter flat = new JsonWriter().beginObject();
    generation.write(flat);
    JsonMembers members = JsonMembers.of(flat.endObject().bytes());
    for (int i = 0; i < members.size(); i++) {
      String json = members.json(i);
      String known = COMMON.get(members.name(i));
      if (known != null) {
        inference.common.put(known, json);
      } else {
        inference.additional.put(members.name(i), json);
      }
    }
    inference.effort = generation.effort();
    return inference;
  }

  static InferenceConfigWriter ofOthers(String model, Sampling sampling, DroppedFields dropped) {
    InferenceConfigWriter inference = new InferenceConfigWriter();
    sampling
        .maxTokens()
        .ifPresent(most -> inference.common.put("maxTokens", Integer.toString(most)));
    sampling.temperature().ifPresent(wish -> inference.share("temperature", wish, dropped));
    sampling.topP().ifPresent(wish -> inference.share("topP", wish, dropped));
    JsonWriter stops = new JsonWriter().beginArray();
    boolean any = false;
    for (String stop : sampling.stop()) {
      if (stop.isEmpty()) {
        dropped.add("stop");
      } else {
        stops.value(stop);
        any = true;
      }
    }
    if (any) {
      inference.common.put("stopSequences", text(stops.endArray().bytes()));
    }
    inference.vendorsOwn(model, sampling, dropped);
    return inference;
  }

  /** Bedrock refuses what is not between 0 and 1. */
  private void share(String name, double wish, DroppedFields dropped) {
    double clamped = Math.clamp(wish, 0.0, 1.0);
    if (clamped != wish) {
      dropped.add(name.equals("topP") ? "top_p" : name);
    }
    common.put(name, text(new JsonWriter().value(clamped).bytes()));
  }

  private void vendorsOwn(String model, Sampling sampling, DroppedFields dropped) {
    boolean nova = model.contains("amazon.nova");
    if (sampling.topK().isPresent()) {
      if (nova) {
        additional.put("inferenceConfig", "{\"topK\":" + sampling.topK().getAsInt() + "}");
      } else {
        dropped.add("top_k");
      }
    }
    Optional<String> wish = sampling.reasoning().effort();
    String level = wish.orElse("");
    boolean plain = level.equals("low") || level.equals("medium") || level.equals("high");
    if (plain && model.contains("openai.gpt-oss")) {
      additional.put("reasoning_effort", "\"" + level + "\"");
    } else if (plain && model.contains("amazon.nova-2")) {
      additional.put(
          "reasoningConfig", "{\"type\":\"enabled\",\"maxReasoningEffort\":\"" + level + "\"}");
    } else if (!level.isEmpty() && !level.equals("none")) {
      dropped.add("reasoning_effort");
    }
  }

  /** How hard the model is to try, for {@code outputConfig}. */
  Optional<String> effort() {
    return effort;
  }

  void writeCommon(JsonWriter out) {
    write(out, "inferenceConfig", common);
  }

  /** Writes what only this model has; what the caller said of it in Bedrock's words wins. */
  void writeAdditional(JsonWriter out, Optional<String> callers) {
    callers.ifPresent(
        json -> {
          JsonMembers members = JsonMembers.of(json.getBytes(StandardCharsets.UTF_8));
          for (int i = 0; i < members.size(); i++) {
            additional.put(members.name(i), members.json(i));
          }
        });
    write(out, "additionalModelRequestFields", additional);
  }

  private static void write(JsonWriter out, String name, Map<String, String> members) {
    if (!members.isEmpty()) {
      out.name(name).beginObject();
      members.forEach((member, json) -> out.name(member).json(json));
      out.endObject();
    }
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
