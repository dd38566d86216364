package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.claude.BetaFeatures;
import dev.serai.adapters.dialects.claude.ClaudeTraits;
import dev.serai.adapters.dialects.claude.LastTurn;
import dev.serai.adapters.dialects.claude.SchemaProfiles;
import dev.serai.adapters.dialects.claude.StrictTotals;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.media.StoredFiles;
import dev.serai.adapters.dialects.request.JsonInstruction;
import dev.serai.adapters.dialects.schema.FittedSchema;
import dev.serai.adapters.dialects.schema.SchemaFitter;
import dev.serai.adapters.dialects.tool.ToolTurns;
import dev.serai.adapters.dialects.tool.limit.FittedConversation;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes a core request as the body of a Converse request. For one request. */
final class RequestWriter {
  /** What Claude understands here as in Anthropic's Messages. */
  private static final List<String> CITED =
      List.of("messages.content.document.citations", "messages.content.citations");

  private static final String ADDITIONAL = "additionalModelRequestFields";

  /** Converse's fields that clients of other dialects may send too. */
  private static final List<String> CONVERSE_FIELDS =
      List.of("guardrailConfig", "performanceConfig", "promptVariables", "requestMetadata");

  private final BetaFeatures betas;
  private final Destination destination;
  private final StrictTotals totals = new StrictTotals();
  private final ModelTraits traits;
  private final ClaudeTraits claudeTraits;
  private final DroppedFields dropped = new DroppedFields();
  private final JsonWriter out;
  private Conversation conversation;
  private Optional<ResponseFormat.JsonSchema> schema = Optional.empty();
  private List<String> instructions = List.of();

  /**
   * @param betas the beta features that the client's header asks for
   */
  RequestWriter(ChatRequest request, Destination destination, BetaFeatures betas) {
    this.betas = betas;
    this.destination = destination;
    this.conversation =
        FittedConversation.of(
            LastTurn.answered(
                ToolTurns.contiguous(request.conversation(), dropped), destination, dropped),
            BedrockDialect.limits(destination),
            dropped);
    this.traits = ModelTraits.of(destination);
    this.claudeTraits = ClaudeTraits.of(destination);
    this.out = new JsonWriter(request.bytes().length + 512);
  }

  /** The fields that the dialect could not express; complete after {@link #write}. */
  List<String> dropped() {
    return dropped.names();
  }

  byte[] write() {
    StoredFiles.NONE.require(conversation, destination);
    chooseFormat();
    ReasoningSignatures signatures = new ReasoningSignatures(destination, traits.claude());
    boolean startsWithReasoning =
        LastTurn.startsWithReasoning(conversation.messages(), signatures::areAccepted);
    InferenceConfigWriter inference =
        traits.claude()
            ? InferenceConfigWriter.ofClaude(
                conversation, claudeTraits, startsWithReasoning, dropped)
            : InferenceConfigWriter.ofOthers(destination.model(), conversation.sampling(), dropped);
    CacheMarkWriter marks = new CacheMarkWriter(out, conversation, dropped, traits);
    inference.addBetas(betas.accepted(traits.claude() ? BetaFeatures.BEDROCK : List.of(), dropped));
    out.beginObject();
    new RequestMessageWriter(out, dropped, marks, signatures, traits.claude())
        .write(conversation.messages(), instructions);
    inference.writeCommon(out);
    new RequestToolWriter(
            out,
            dropped,
            traits,
            Optional.of(totals).filter(_ -> traits.claude() && claudeTraits.structured()))
        .write(conversation, marks);
    writeOutputConfig(inference.effort());
    writeOtherFields(inference);
    if (traits.claude() && !conversation.sampling().stop().isEmpty()) {
      out.name("additionalModelResponseFieldPaths").beginArray();
      out.value(ModelResponseFields.STOP_SEQUENCE).endArray();
    }
    return out.endObject().bytes();
  }

  private void chooseFormat() {
    switch (conversation.responseFormat()) {
      case ResponseFormat.Unset _, ResponseFormat.PlainText _ -> {}
      case ResponseFormat.JsonObject _ -> {
        instructions = List.of(JsonInstruction.ALONE);
        dropped.add("response_format.json_object");
      }
      case ResponseFormat.JsonSchema format when canBeStructured(format) ->
          schema = Optional.of(format);
      case ResponseFormat.JsonSchema format -> {
        conversation = SchemaTool.asTool(conversation, answer(format), traits.forcesAnyTool());
        if (!traits.forcesAnyTool()) {
          instructions = List.of(SchemaTool.INSTRUCTION);
          dropped.add("response_format.json_schema");
        }
      }
    }
  }

  private ResponseFormat.JsonSchema answer(ResponseFormat.JsonSchema format) {
    String fitted =
        FittedConversation.answerSchema(format.schemaJson(), BedrockDialect.limits(destination));
    return new ResponseFormat.JsonSchema(format.name(), fitted, format.strict());
  }

  private boolean canBeStructured(ResponseFormat.JsonSchema format) {
    if (!claudeTraits.structured()) {
      return false;
    }
    FittedSchema fitted = SchemaFitter.output(format.schemaJson(), SchemaProfiles.STRUCTURED);
    if (fitted.isWeakened()) {
      dropped.add("response_format.json_schema");
    }
    return fitted.keepsShape() && totals.takeOutput(fitted.size());
  }

  private void writeOutputConfig(Optional<String> effort) {
    if (effort.isEmpty() && schema.isEmpty()) {
      return;
    }
    out.name("outputConfig").beginObject();
    effort.ifPresent(level -> out.member("effort", level));
    schema.ifPresent(
        format -> {
          FittedSchema fitted = SchemaFitter.output(format.schemaJson(), SchemaProfiles.STRUCTURED);
          out.name("textFormat").beginObject().member("type", "json_schema");
          out.name("structure").beginObject().name("jsonSchema").beginObject();
          out.member("name", format.name()).member("schema", fitted.json());
          out.endObject().endObject().endObject();
        });
    out.endObject();
  }

  private void writeOtherFields(InferenceConfigWriter inference) {
    if (conversation.sampling().choices().orElse(1) > 1) {
      dropped.add("n");
    }
    if (conversation.sampling().user().filter(user -> !user.isBlank()).isPresent()) {
      dropped.add("user");
    }
    Map<String, String> unknown = new TreeMap<>(conversation.unknown());
    unknown.remove("stream_options");
    if (traits.claude()) {
      CITED.forEach(unknown::remove);
    }
    writeTier(unknown);
    for (String field : CONVERSE_FIELDS) {
      Optional.ofNullable(unknown.remove(field)).ifPresent(json -> out.name(field).json(json));
    }
    try {
      inference.writeAdditional(out, Optional.ofNullable(unknown.remove(ADDITIONAL)));
    } catch (MalformedInput e) {
      throw CallerProblem.invalid(ADDITIONAL, "'" + ADDITIONAL + "' is not an object.");
    }
    dropped.addAll(unknown);
  }

  /** Writes those of OpenAI's service tiers that Bedrock has too. */
  private void writeTier(Map<String, String> unknown) {
    String tier = unknown.getOrDefault("service_tier", "");
    switch (tier) {
      case "\"priority\"", "\"flex\"", "\"default\"" -> {
        unknown.remove("service_tier");
        out.name("serviceTier").beginObject().name("type").json(tier).endObject();
      }
      case "\"auto\"" -> unknown.remove("service_tier");
      default -> {
        // Another value is reported as dropped with the other unmapped fields.
      }
    }
  }
}
