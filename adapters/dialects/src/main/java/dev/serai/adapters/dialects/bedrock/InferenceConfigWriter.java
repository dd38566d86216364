package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.claude.ClaudeTraits;
import dev.serai.adapters.dialects.claude.GenerationWriter;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.openaiapi.ModelTraits;
import dev.serai.adapters.dialects.openaiapi.ReasoningEffort;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.ReasoningSettings;
import dev.serai.core.chat.Conversation.Sampling;
import dev.serai.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the members of a request that control generation. Settings that all models have are in
 * {@code inferenceConfig}. Settings that only some have, for example thinking, are in {@code
 * additionalModelRequestFields} in the grammar of the model's vendor; for Claude, Anthropic's rules
 * apply to both. For one request.
 */
final class InferenceConfigWriter {
  private static final Map<String, String> COMMON =
      Map.of(
          "max_tokens", "maxTokens",
          "temperature", "temperature",
          "top_p", "topP",
          "stop_sequences", "stopSequences");

  /** Before the name of a model in OpenAI's own words. */
  private static final String OPENAI = "openai.";

  private static final List<String> NOVA_EFFORTS = List.of("low", "medium", "high");

  private final Map<String, String> common = new LinkedHashMap<>();
  private final Map<String, String> additional = new LinkedHashMap<>();
  private Optional<String> effort = Optional.empty();

  private InferenceConfigWriter() {}

  static InferenceConfigWriter ofClaude(
      Conversation conversation,
      ClaudeTraits traits,
      boolean startsWithReasoning,
      DroppedFields dropped) {
    InferenceConfigWriter inference = new InferenceConfigWriter();
    GenerationWriter generation =
        new GenerationWriter(conversation, traits, startsWithReasoning, dropped);
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
    sampling
        .temperature()
        .ifPresent(requested -> inference.addClamped("temperature", requested, dropped));
    sampling.topP().ifPresent(requested -> inference.addClamped("topP", requested, dropped));
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
    inference.addVendorFields(model, sampling, dropped);
    return inference;
  }

  /** Clamps a value to Bedrock's range, 0 to 1. */
  private void addClamped(String name, double requested, DroppedFields dropped) {
    double clamped = Math.clamp(requested, 0.0, 1.0);
    if (clamped != requested) {
      dropped.add(name.equals("topP") ? "top_p" : name);
    }
    common.put(name, text(new JsonWriter().value(clamped).bytes()));
  }

  private void addVendorFields(String model, Sampling sampling, DroppedFields dropped) {
    boolean nova = model.contains("amazon.nova");
    if (sampling.topK().isPresent()) {
      if (nova) {
        JsonWriter topK = new JsonWriter().beginObject();
        topK.member("topK", sampling.topK().getAsInt()).endObject();
        additional.put("inferenceConfig", text(topK.bytes()));
      } else {
        dropped.add("top_k");
      }
    }
    addReasoning(model, sampling.reasoning(), dropped);
  }

  /**
   * Adds the effort in the words of the model's vendor. OpenAI's models have {@code
   * reasoning.effort}, as in the Responses API, and reply 400 to any other name; the open ones have
   * {@code reasoning_effort}.
   */
  private void addReasoning(String model, ReasoningSettings reasoning, DroppedFields dropped) {
    int openAi = model.indexOf(OPENAI);
    if (openAi >= 0) {
      ModelTraits traits = new ModelTraits(model.substring(openAi + OPENAI.length()));
      boolean open = traits.model().startsWith("gpt-oss");
      ReasoningEffort.fitted(reasoning, traits, dropped)
          .map(level -> text(JsonWriter.quoted(level)))
          .ifPresent(
              level ->
                  additional.put(
                      open ? "reasoning_effort" : "reasoning",
                      open ? level : "{\"effort\":" + level + "}"));
    } else {
      List<String> levels = model.contains("amazon.nova-2") ? novaEfforts() : List.of();
      ReasoningEffort.fitted(reasoning, levels, dropped)
          .ifPresent(level -> addNovaReasoning(level, dropped));
    }
  }

  /**
   * With the effort {@code high} Nova accepts no {@code maxTokens} ("Extended thinking", Amazon
   * Nova 2 user guide): the client's limit goes before its effort.
   */
  private List<String> novaEfforts() {
    return common.containsKey("maxTokens") ? List.of("low", "medium") : NOVA_EFFORTS;
  }

  private void addNovaReasoning(String level, DroppedFields dropped) {
    JsonWriter config = new JsonWriter().beginObject().member("type", "enabled");
    config.member("maxReasoningEffort", level).endObject();
    additional.put("reasoningConfig", text(config.bytes()));
    if (level.equals("high")) { // it accepts neither of these with it
      if (common.remove("temperature") != null) {
        dropped.add("temperature");
      }
      if (common.remove("topP") != null) {
        dropped.add("top_p");
      }
    }
  }

  /** Adds the beta features of Anthropic's models, which have no header here. */
  void addBetas(List<String> names) {
    if (!names.isEmpty()) {
      JsonWriter betas = new JsonWriter().beginArray();
      names.forEach(betas::value);
      additional.put("anthropic_beta", text(betas.endArray().bytes()));
    }
  }

  /** The effort for {@code outputConfig}. */
  Optional<String> effort() {
    return effort;
  }

  void writeCommon(JsonWriter out) {
    write(out, "inferenceConfig", common);
  }

  /**
   * Writes the model's own fields. Fields that the client sent under Bedrock's name take
   * precedence.
   *
   * @throws MalformedInput if the client's value is not a JSON object
   */
  void writeAdditional(JsonWriter out, Optional<String> clientFields) {
    clientFields.ifPresent(
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
