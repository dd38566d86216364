package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.claude.ClaudeTraits;
import dev.serai.adapters.dialects.claude.GenerationWriter;
import dev.serai.adapters.dialects.claude.LastTurn;
import dev.serai.adapters.dialects.claude.SchemaProfiles;
import dev.serai.adapters.dialects.claude.StrictTotals;
import dev.serai.adapters.dialects.claude.ToolParameters;
import dev.serai.adapters.dialects.media.StoredFiles;
import dev.serai.adapters.dialects.request.JsonInstruction;
import dev.serai.adapters.dialects.request.UnmappedFields;
import dev.serai.adapters.dialects.schema.FittedSchema;
import dev.serai.adapters.dialects.schema.SchemaFitter;
import dev.serai.adapters.dialects.tool.ToolTurns;
import dev.serai.adapters.dialects.tool.limit.FittedConversation;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.Conversation.MediaSource;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.chat.Conversation.UploadedSource;
import dev.serai.core.chat.Conversation.UrlSource;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes a core request as the body of a Messages request. For one request. */
final class RequestWriter {
  private final ChatRequest request;
  private final Destination destination;
  private final Optional<String> bodyVersion;
  private final Conversation conversation;
  private final ClaudeTraits traits;
  private final DroppedFields dropped = new DroppedFields();
  private final JsonWriter out;
  private final CacheMarkWriter marks;
  private final StrictTotals totals = new StrictTotals();
  private Optional<String> format = Optional.empty();
  private Optional<String> outputTool = Optional.empty();
  private List<String> instructions = List.of();

  /**
   * @param bodyVersion the version to write instead of the model
   */
  RequestWriter(ChatRequest request, Destination destination, Optional<String> bodyVersion) {
    this.request = request;
    this.destination = destination;
    this.bodyVersion = bodyVersion;
    this.conversation =
        FittedConversation.of(
            LastTurn.answered(
                ToolTurns.contiguous(request.conversation(), dropped), destination, dropped),
            AnthropicDialect.LIMITS,
            dropped);
    this.traits = ClaudeTraits.of(destination);
    this.marks = new CacheMarkWriter(conversation, dropped);
    this.out = new JsonWriter(request.bytes().length + 256);
  }

  /** The fields that the dialect could not express; complete after {@link #write}. */
  List<String> dropped() {
    return dropped.names();
  }

  /** Whether the request refers to uploaded files, which requires the beta of the Files API. */
  boolean usesUploadedFiles() {
    return conversation.messages().stream()
        .flatMap(message -> message.parts().stream())
        .anyMatch(
            part ->
                part instanceof FilePart file && file.source() instanceof UploadedSource
                    || part instanceof ImagePart image && image.source() instanceof UploadedSource);
  }

  /**
   * Whether the request returns thinking to a model that rejects it if what was before it has
   * changed, which requires a beta. Clouds have none.
   */
  boolean returnsBoundThinking() {
    return traits.bindsThinking()
        && bodyVersion.isEmpty()
        && conversation.messages().stream()
            .flatMap(message -> message.parts().stream())
            .anyMatch(
                part ->
                    part instanceof ReasoningPart reasoning
                        && ReasoningSignatures.belongs(reasoning, destination));
  }

  byte[] write() {
    StoredFiles.ANTHROPIC.require(conversation, destination);
    requireSources();
    chooseFormat();
    boolean startsWithReasoning =
        LastTurn.startsWithReasoning(
            conversation.messages(), state -> ReasoningSignatures.belongs(state, destination));
    GenerationWriter generation =
        new GenerationWriter(conversation, traits, startsWithReasoning, dropped);
    if (outputTool.isPresent()) {
      generation.forceTool();
    }
    if (returnsBoundThinking()) {
      generation.returnsThinking();
    }
    out.beginObject();
    bodyVersion.ifPresentOrElse(
        version -> out.member(AnthropicDialect.BODY_VERSION, version),
        () -> out.member("model", destination.model()));
    generation.write(out);
    new RequestMessageWriter(out, destination, marks, dropped)
        .write(conversation.messages(), instructions);
    writeTools();
    writeOutputConfig(generation.effort());
    conversation
        .sampling()
        .user()
        .filter(user -> !user.isBlank())
        .ifPresent(user -> out.name("metadata").beginObject().member("user_id", user).endObject());
    if (request.streaming()) {
      out.member("stream", true);
    }
    reportUnmapped();
    return out.endObject().bytes();
  }

  /** A cloud that serves the models fetches nothing. */
  private void requireSources() {
    if (bodyVersion.isEmpty()) {
      return;
    }
    for (Conversation.Message message : conversation.messages()) {
      for (Conversation.Part part : message.parts()) {
        switch (part) {
          case ImagePart image -> requireInline(image.source());
          case FilePart file -> requireInline(file.source());
          default -> {
            // has no source
          }
        }
      }
    }
  }

  private static void requireInline(MediaSource source) {
    switch (source) {
      case UrlSource _ -> throw InlineSources.atUrl();
      case UploadedSource _ -> throw InlineSources.uploaded();
      case InlineSource _ -> {
        // is in the request
      }
    }
  }

  private void chooseFormat() {
    switch (conversation.responseFormat()) {
      case ResponseFormat.Unset _, ResponseFormat.PlainText _ -> {}
      case ResponseFormat.JsonObject _ -> {
        instructions = List.of(JsonInstruction.ALONE);
        dropped.add("response_format.json_object");
      }
      case ResponseFormat.JsonSchema schema -> chooseSchema(schema.schemaJson());
    }
  }

  /** A schema that structured output cannot express becomes a tool that takes the output. */
  private void chooseSchema(String json) {
    FittedSchema fitted = SchemaFitter.output(json, SchemaProfiles.STRUCTURED);
    if (traits.structured() && fitted.keepsShape() && totals.takeOutput(fitted.size())) {
      format = Optional.of(fitted.json());
    } else {
      outputTool = Optional.of(json);
      instructions = traits.forcesTools() ? instructions : List.of(OutputTool.INSTRUCTION);
    }
    if (traits.structured() && fitted.isWeakened()) {
      dropped.add("response_format.json_schema");
    }
  }

  private void writeTools() {
    List<Tool> tools = conversation.tools();
    Set<String> calledBefore = tools.isEmpty() ? conversation.calledTools() : Set.of();
    if (tools.isEmpty() && calledBefore.isEmpty() && outputTool.isEmpty()) {
      return;
    }
    out.name("tools").beginArray();
    tools.forEach(this::writeTool);
    // Calls in the history need definitions of their tools, which must not be called again.
    for (String name : calledBefore) {
      out.beginObject().member("name", name).name("input_schema");
      out.json(SchemaFitter.EMPTY_OBJECT).endObject();
    }
    outputTool.ifPresent(this::writeOutputTool);
    out.endArray();
    if (outputTool.isPresent()) {
      writeChoiceWithOutputTool(conversation.toolChoice());
    } else if (tools.isEmpty()) {
      writeChoice("none", Optional.empty(), Optional.empty());
    } else {
      writeChoice(conversation.toolChoice());
    }
  }

  private void writeOutputTool(String schema) {
    out.beginObject().member("name", OutputTool.TOOL);
    out.member("description", OutputTool.DESCRIPTION).name("input_schema");
    String fitted = FittedConversation.answerSchema(schema, AnthropicDialect.LIMITS);
    out.json(SchemaFitter.parameters(fitted, SchemaProfiles.TOOLS).json()).endObject();
  }

  /** The output is a tool call too; a choice of the client's tools takes precedence over it. */
  private void writeChoiceWithOutputTool(ToolChoice choice) {
    if (!traits.forcesTools()) {
      dropped.add("response_format.json_schema");
      writeChoice("auto", Optional.empty(), Optional.empty());
      return;
    }
    boolean own = !conversation.tools().isEmpty();
    switch (choice) {
      case ToolChoice.Named(String tool, Optional<Boolean> parallel) when own ->
          writeChoice("tool", Optional.of(tool), parallel);
      case ToolChoice.Required(Optional<Boolean> parallel) when own ->
          writeChoice("any", Optional.empty(), parallel);
      case ToolChoice.Auto(Optional<Boolean> parallel) when own ->
          writeChoice("any", Optional.empty(), parallel);
      case ToolChoice.Unset(Optional<Boolean> parallel) when own ->
          writeChoice("any", Optional.empty(), parallel);
      default -> writeChoice("tool", Optional.of(OutputTool.TOOL), Optional.empty());
    }
  }

  private void writeTool(Tool tool) {
    out.beginObject().member("name", tool.name());
    tool.description().ifPresent(text -> out.member("description", text));
    ToolParameters parameters =
        ToolParameters.of(tool, Optional.of(totals).filter(_ -> traits.structured()), dropped);
    out.name("input_schema").json(parameters.json());
    if (parameters.strict()) {
      out.member("strict", true);
    }
    marks.writeOfTool(out, tool.cache());
    out.endObject();
  }

  private void writeChoice(ToolChoice choice) {
    switch (choice) {
      case ToolChoice.Unset(Optional<Boolean> parallel) -> {
        if (parallel.isPresent()) {
          writeChoice("auto", Optional.empty(), parallel);
        }
      }
      case ToolChoice.Auto(Optional<Boolean> parallel) ->
          writeChoice("auto", Optional.empty(), parallel);
      case ToolChoice.Required(Optional<Boolean> parallel) ->
          writeForced("any", Optional.empty(), parallel);
      case ToolChoice.Named(String tool, Optional<Boolean> parallel) ->
          writeForced("tool", Optional.of(tool), parallel);
      case ToolChoice.None() -> writeChoice("none", Optional.empty(), Optional.empty());
    }
  }

  private void writeForced(String type, Optional<String> tool, Optional<Boolean> parallel) {
    if (traits.forcesTools()) {
      writeChoice(type, tool, parallel);
    } else {
      dropped.add("tool_choice");
      writeChoice("auto", Optional.empty(), parallel);
    }
  }

  private void writeChoice(String type, Optional<String> tool, Optional<Boolean> parallel) {
    out.name("tool_choice").beginObject().member("type", type);
    tool.ifPresent(name -> out.member("name", name));
    parallel.ifPresent(many -> out.member("disable_parallel_tool_use", !many));
    out.endObject();
  }

  private void writeOutputConfig(Optional<String> effort) {
    if (effort.isEmpty() && format.isEmpty()) {
      return;
    }
    out.name("output_config").beginObject();
    effort.ifPresent(level -> out.member("effort", level));
    format.ifPresent(
        schema -> {
          out.name("format").beginObject().member("type", "json_schema");
          out.name("schema").json(schema).endObject();
        });
    out.endObject();
  }

  private void reportUnmapped() {
    if (conversation.sampling().choices().orElse(1) > 1) {
      dropped.add("n");
    }
    UnmappedFields unmapped = new UnmappedFields(conversation);
    // Caches the prompt up to its last block ("Prompt caching", platform.claude.com/docs).
    if (bodyVersion.isEmpty() && marks.hasRoom()) {
      unmapped.object("cache_control").ifPresent(json -> marks.writeOfRequest(out, json));
    }
    unmapped.report(dropped);
  }
}
