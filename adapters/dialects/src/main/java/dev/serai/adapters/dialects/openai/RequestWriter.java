package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.media.StoredFiles;
import dev.serai.adapters.dialects.openaiapi.ModelTraits;
import dev.serai.adapters.dialects.openaiapi.Quirk;
import dev.serai.adapters.dialects.openaiapi.ReasoningEffort;
import dev.serai.adapters.dialects.openaiapi.request.IdentifierWriter;
import dev.serai.adapters.dialects.openaiapi.request.SamplingWriter;
import dev.serai.adapters.dialects.openaiapi.request.SchemaWriter;
import dev.serai.adapters.dialects.openaiapi.request.ToolChoiceWriter;
import dev.serai.adapters.dialects.request.JsonInstruction;
import dev.serai.adapters.dialects.request.UnmappedFields;
import dev.serai.adapters.dialects.tool.CustomTools;
import dev.serai.adapters.dialects.tool.ToolTurns;
import dev.serai.adapters.dialects.tool.limit.FittedConversation;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.ReasoningSettings;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.Sampling;
import dev.serai.core.chat.Conversation.TextInput;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import java.util.Optional;

/** Writes a chat completion request from core types. For one request. */
final class RequestWriter {
  private static final List<String> IDENTIFIERS =
      List.of("prompt_cache_key", "prompt_cache_retention", "safety_identifier");

  private final ChatRequest request;
  private final Conversation conversation;
  private final Destination destination;
  private final CustomTools custom;
  private final JsonWriter out;
  private final DroppedFields dropped = new DroppedFields();
  private final CacheMarkWriter marks;

  RequestWriter(ChatRequest request, Destination destination) {
    this.request = request;
    this.conversation =
        instructed(
            FittedConversation.of(
                ToolTurns.contiguous(request.conversation(), dropped),
                OpenAiDialect.limits(destination),
                dropped),
            destination);
    this.destination = destination;
    this.custom = new CustomTools(conversation);
    this.out = new JsonWriter(request.bytes().length + 256);
    this.marks = new CacheMarkWriter(out, destination, dropped);
  }

  /** A provider without schemas gets one as an instruction. */
  private static Conversation instructed(Conversation fitted, Destination destination) {
    return fitted.responseFormat() instanceof ResponseFormat.JsonSchema schema
            && Quirk.NO_JSON_SCHEMA.of(destination)
        ? JsonInstruction.added(fitted, JsonInstruction.schema(schema.schemaJson()))
        : JsonInstruction.mentioned(fitted);
  }

  /** The fields that were not sent to the provider; known after {@link #write}. */
  List<String> dropped() {
    return dropped.names();
  }

  byte[] write() {
    StoredFiles.OPENAI.require(conversation, destination);
    out.beginObject().member("model", destination.model());
    messages();
    if (request.streaming()) {
      out.member("stream", true);
      if (!Quirk.NO_STREAM_OPTIONS.of(destination)) {
        out.name("stream_options").beginObject().member("include_usage", true).endObject();
      }
    }
    if (!conversation.tools().isEmpty()) {
      tools();
      toolChoice(conversation.toolChoice());
    }
    responseFormat(conversation.responseFormat());
    sampling(conversation.sampling());
    UnmappedFields unmapped = new UnmappedFields(conversation);
    seedAndPenalties(unmapped);
    if (marks.understood()) {
      unmapped.object("cache_control").ifPresent(json -> out.name("cache_control").json(json));
    }
    identifiers(unmapped);
    logprobs(unmapped);
    unmapped.report(dropped);
    marks.report(conversation);
    dropped.addFailedTools(conversation);
    return out.endObject().bytes();
  }

  private void messages() {
    out.name("messages").beginArray();
    new RequestMessageWriter(out, destination, dropped, marks).write(conversation);
    out.endArray();
  }

  private void tools() {
    out.name("tools").beginArray();
    for (Tool tool : conversation.tools()) {
      if (tool.input().isPresent()) {
        custom(tool, tool.input().get());
        continue;
      }
      out.beginObject().member("type", "function");
      out.name("function").beginObject().member("name", tool.name());
      tool.description().ifPresent(text -> out.member("description", text));
      if (SchemaWriter.writeParameters(out, tool, dropped)) {
        out.member("strict", true);
      }
      out.endObject();
      marks.write(tool.cache());
      out.endObject();
    }
    out.endArray();
  }

  private void custom(Tool tool, TextInput input) {
    out.beginObject().member("type", "custom");
    out.name("custom").beginObject().member("name", tool.name());
    input.description().ifPresent(text -> out.member("description", text));
    if (input.grammar().isPresent()) {
      out.name("format").beginObject().member("type", "grammar").name("grammar").beginObject();
      out.member("syntax", input.syntax()).member("definition", input.grammar().get());
      out.endObject().endObject();
    }
    out.endObject();
    marks.write(tool.cache());
    out.endObject();
  }

  private void toolChoice(ToolChoice choice) {
    String required = Quirk.REQUIRED_IS_ANY.of(destination) ? "any" : "required";
    boolean parallel = !Quirk.NO_PARALLEL_TOOL_CALLS.of(destination);
    if (new ToolChoiceWriter(out, required, parallel, this::named).write(choice)) {
      dropped.add("parallel_tool_calls");
    }
  }

  private void named(JsonWriter json, String tool) {
    String type = custom.has(tool) ? "custom" : "function";
    json.member("type", type).name(type).beginObject().member("name", tool).endObject();
  }

  private void responseFormat(ResponseFormat format) {
    switch (format) {
      case ResponseFormat.Unset _ -> {}
      case ResponseFormat.PlainText _ -> formatOf("text");
      case ResponseFormat.JsonObject _ -> formatOf("json_object");
      case ResponseFormat.JsonSchema schema when !SchemaWriter.isAccepted(schema) ->
          dropped.add("response_format.json_schema");
      case ResponseFormat.JsonSchema _ when Quirk.NO_JSON_SCHEMA.of(destination) -> {
        dropped.add("response_format.json_schema");
        formatOf("json_object");
      }
      case ResponseFormat.JsonSchema schema -> {
        out.name("response_format").beginObject().member("type", "json_schema");
        out.name("json_schema").beginObject();
        SchemaWriter.writeOutput(out, schema, dropped);
        out.endObject().endObject();
      }
    }
  }

  private void formatOf(String type) {
    out.name("response_format").beginObject().member("type", type).endObject();
  }

  private void sampling(Sampling sampling) {
    SamplingWriter.write(sampling, destination.model(), out, dropped);
    String most = Quirk.MAX_TOKENS_ONLY.of(destination) ? "max_tokens" : "max_completion_tokens";
    sampling.maxTokens().ifPresent(value -> out.member(most, value));
    if (sampling.choices().isPresent() && accepts("n", sampling.choices().getAsInt() > 1)) {
      out.member("n", sampling.choices().getAsInt());
    }
    if (!sampling.stop().isEmpty() && takesControls("stop") && accepts("stop", true)) {
      out.member("stop", sampling.stop());
    }
    sampling.topK().ifPresent(_ -> dropped.add("top_k"));
    effort(sampling.reasoning());
    if (sampling.user().isPresent()) {
      user(sampling.user().get());
    }
  }

  /** Writes what a client of Responses may set too. */
  private void identifiers(UnmappedFields unmapped) {
    IdentifierWriter identifiers =
        new IdentifierWriter(out, unmapped, OpenAiDialect.LIMITS.user(), dropped);
    for (String member : IDENTIFIERS) {
      if (!Quirk.refuses(destination, member)) {
        identifiers.write(member);
      }
    }
    if (!Quirk.NO_SERVICE_TIER.of(destination)) {
      identifiers.writeServiceTier();
    }
    if (!Quirk.NO_VERBOSITY.of(destination)) {
      unmapped.text("text.verbosity").ifPresent(json -> out.name("verbosity").json(json));
    }
  }

  /** Asks for log probabilities, as a client of Responses does by either of two members. */
  private void logprobs(UnmappedFields unmapped) {
    ModelTraits model = new ModelTraits(destination.model());
    Optional<String> effort = ReasoningEffort.sent(conversation.sampling().reasoning(), model);
    boolean taken =
        request.detailSupport().hasLogprobs()
            && !Quirk.NO_LOGPROBS.of(destination)
            && model.takesSampling(effort);
    if (taken) {
      if (Quirk.LOGPROBS_COUNT.of(destination)) {
        unmapped
            .logprobs()
            .ifPresent(most -> out.name("logprobs").json(most.equals("0") ? "1" : most));
      } else {
        unmapped.writeLogprobs(out);
      }
    }
  }

  private boolean takesControls(String member) {
    boolean taken = new ModelTraits(destination.model()).takesPenalties();
    if (!taken) {
      dropped.add(member);
    }
    return taken;
  }

  /** Writes fields that are not in core types but mean the same in several dialects. */
  private void seedAndPenalties(UnmappedFields unmapped) {
    String seed = Quirk.RANDOM_SEED.of(destination) ? "random_seed" : "seed";
    unmapped.number("seed").ifPresent(json -> out.name(seed).json(json));
    for (String penalty : List.of("frequency_penalty", "presence_penalty")) {
      Optional<String> json = unmapped.number(penalty);
      if (json.isPresent() && takesControls(penalty) && accepts(penalty, true)) {
        out.name(penalty).json(json.get());
      }
    }
  }

  private void user(String user) {
    if (accepts("user", true)) {
      out.member("user", user);
    }
  }

  /** Whether the provider accepts this member; if not, a value with an effect is reported. */
  private boolean accepts(String member, boolean hasEffect) {
    boolean refused = Quirk.refuses(destination, member);
    if (refused && hasEffect) {
      dropped.add(member);
    }
    return !refused;
  }

  /** Writes the effort. This dialect has levels only: a token budget becomes the nearest one. */
  private void effort(ReasoningSettings reasoning) {
    ModelTraits model = new ModelTraits(destination.model());
    if (reasoning.mode() == ReasoningSettings.Mode.OFF && !model.hasKnownEfforts()) {
      dropped.add("thinking");
      return;
    }
    ReasoningEffort.fitted(reasoning, model, dropped)
        .ifPresent(level -> out.member("reasoning_effort", level));
  }
}
