package dev.serai.adapters.dialects.responses;

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
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import java.util.Optional;

/** Writes a Responses request from core types. For one request. */
final class RequestWriter {
  /** Members that chat completions have too, with the same limit as the user. */
  private static final List<String> IDENTIFIERS = List.of("prompt_cache_key", "safety_identifier");

  private final ChatRequest request;
  private final Conversation conversation;
  private final Destination destination;
  private final CustomTools custom;
  private final JsonWriter out;
  private final DroppedFields dropped = new DroppedFields();

  RequestWriter(ChatRequest request, Destination destination) {
    this.request = request;
    this.conversation =
        JsonInstruction.mentioned(
            FittedConversation.of(
                ToolTurns.contiguous(request.conversation(), dropped),
                ResponsesDialect.limits(destination),
                dropped));
    this.destination = destination;
    this.custom = new CustomTools(conversation);
    this.out = new JsonWriter(request.bytes().length + 256);
  }

  /** The fields that were not sent to the provider; known after {@link #write}. */
  List<String> dropped() {
    return dropped.names();
  }

  byte[] write() {
    StoredFiles.OPENAI.require(conversation, destination);
    out.beginObject().member("model", destination.model());
    out.name("input").beginArray();
    new RequestItemWriter(out, destination, custom, dropped).write(conversation.messages());
    out.endArray();
    if (request.streaming()) {
      out.member("stream", true);
    }
    out.member("store", false);
    UnmappedFields unmapped = new UnmappedFields(conversation);
    include(unmapped);
    if (!conversation.tools().isEmpty()) {
      tools();
      new ToolChoiceWriter(out, "required", true, this::named).write(conversation.toolChoice());
    }
    text(conversation.responseFormat(), unmapped.text("verbosity"));
    sampling(conversation.sampling());
    IdentifierWriter identifiers =
        new IdentifierWriter(out, unmapped, ResponsesDialect.LIMITS.user(), dropped);
    IDENTIFIERS.forEach(identifiers::write);
    unmapped
        .text("prompt_cache_retention")
        .ifPresent(json -> out.name("prompt_cache_retention").json(json));
    new MetadataWriter(out).write(unmapped);
    identifiers.writeServiceTier();
    unmapped.report(dropped);
    dropped.addCacheMarks(conversation);
    dropped.addFailedTools(conversation);
    return out.endObject().bytes();
  }

  /** Asks for the state of reasoning, and for the log probabilities that the client wants. */
  private void include(UnmappedFields unmapped) {
    ModelTraits model = new ModelTraits(destination.model());
    Optional<String> effort = ReasoningEffort.sent(conversation.sampling().reasoning(), model);
    boolean logprobs = request.detailSupport().hasLogprobs() && model.takesSampling(effort);
    Optional<String> most = logprobs ? unmapped.logprobs() : Optional.empty();
    out.name("include").beginArray().value("reasoning.encrypted_content");
    if (most.isPresent()) {
      out.value("message.output_text.logprobs");
    }
    out.endArray();
    UnmappedFields.writeTopLogprobs(most, out);
  }

  private void tools() {
    out.name("tools").beginArray();
    for (Tool tool : conversation.tools()) {
      if (tool.input().isPresent()) {
        custom(tool.name(), tool.input().get());
        continue;
      }
      out.beginObject().member("type", "function").member("name", tool.name());
      tool.description().ifPresent(text -> out.member("description", text));
      boolean strict = SchemaWriter.writeParameters(out, tool, dropped);
      out.member("strict", strict).endObject();
    }
    out.endArray();
  }

  private void custom(String name, TextInput input) {
    out.beginObject().member("type", "custom").member("name", name);
    input.description().ifPresent(text -> out.member("description", text));
    if (input.grammar().isPresent()) {
      out.name("format").beginObject().member("type", "grammar");
      out.member("syntax", input.syntax()).member("definition", input.grammar().get());
      out.endObject();
    }
    out.endObject();
  }

  private void named(JsonWriter json, String tool) {
    json.member("type", custom.has(tool) ? "custom" : "function").member("name", tool);
  }

  private void text(ResponseFormat format, Optional<String> verbosity) {
    if (format instanceof ResponseFormat.Unset && verbosity.isEmpty()) {
      return;
    }
    out.name("text").beginObject();
    switch (format) {
      case ResponseFormat.Unset _ -> {}
      case ResponseFormat.PlainText _ -> formatOf("text");
      case ResponseFormat.JsonObject _ -> formatOf("json_object");
      case ResponseFormat.JsonSchema schema when !SchemaWriter.isAccepted(schema) ->
          dropped.add("response_format.json_schema");
      case ResponseFormat.JsonSchema schema -> {
        out.name("format").beginObject().member("type", "json_schema");
        SchemaWriter.writeOutput(out, schema, dropped);
        out.endObject();
      }
    }
    verbosity.ifPresent(json -> out.name("verbosity").json(json));
    out.endObject();
  }

  private void formatOf(String type) {
    out.name("format").beginObject().member("type", type).endObject();
  }

  private void sampling(Sampling sampling) {
    SamplingWriter.write(sampling, destination.model(), out, dropped);
    sampling.maxTokens().ifPresent(value -> out.member("max_output_tokens", value));
    sampling.user().ifPresent(value -> out.member("user", value));
    sampling.topK().ifPresent(_ -> dropped.add("top_k"));
    if (!sampling.stop().isEmpty()) {
      dropped.add("stop");
    }
    if (sampling.choices().orElse(1) > 1) {
      dropped.add("n");
    }
    effort(sampling.reasoning());
  }

  /** Writes the effort, and asks for a summary if it may: no other reasoning is readable here. */
  private void effort(ReasoningSettings reasoning) {
    ModelTraits model = new ModelTraits(destination.model());
    Optional<String> effort = ReasoningEffort.fitted(reasoning, model, dropped);
    if (effort.isPresent()) {
      out.name("reasoning").beginObject().member("effort", effort.get());
      if (!effort.get().equals("none") && !Quirk.NO_REASONING_SUMMARY.of(destination)) {
        out.member("summary", "auto");
      }
      out.endObject();
    }
  }
}
