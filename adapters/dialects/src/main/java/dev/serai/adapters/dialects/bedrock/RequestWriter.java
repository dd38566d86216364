package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.claude.ClaudeTraits;
import dev.serai.adapters.dialects.claude.LastTurn;
import dev.serai.adapters.dialects.claude.OutputSchema;
import dev.serai.adapters.dialects.json.MalformedInput;
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

/** Writes the body of one request. */
final class RequestWriter {
  private static final String JSON_ONLY =
      "Answer with one JSON object and nothing else: no text around it, no code fence.";
  private static final String ADDITIONAL = "additionalModelRequestFields";

  /** Fields of Converse that callers of another dialect may send beside their own. */
  private static final List<String> BEDROCKS_OWN =
      List.of("guardrailConfig", "performanceConfig", "promptVariables", "requestMetadata");

  private final Destination destination;
  private final ModelTraits abilities;
  private final ClaudeTraits traits;
  private final DroppedFields dropped = new DroppedFields();
  private final JsonWriter out;
  private Conversation conversation;
  private Optional<ResponseFormat.JsonSchema> form = Optional.empty();
  private List<String> instructions = List.of();

  RequestWriter(ChatRequest request, Destination destination) {
    this.destination = destination;
    this.conversation = request.conversation();
    this.abilities = ModelTraits.of(destination);
    this.traits = ClaudeTraits.of(destination);
    this.out = new JsonWriter(request.bytes().length + 512);
  }

  /** What the dialect could not say; known after {@link #write}. */
  List<String> dropped() {
    return dropped.names();
  }

  byte[] write() {
    settleFormat();
    ReasoningSignatures thoughts = new ReasoningSignatures(destination, abilities.claude());
    boolean thoughtful = LastTurn.beginsWithThought(conversation.messages(), thoughts::areOurs);
    InferenceConfigWriter inference =
        abilities.claude()
            ? InferenceConfigWriter.ofClaude(conversation, traits, thoughtful, dropped)
            : InferenceConfigWriter.ofOthers(destination.model(), conversation.sampling(), dropped);
    CacheMarkWriter marks = new CacheMarkWriter(out, dropped, abilities.caches());
    out.beginObject();
    new RequestMessageWriter(out, dropped, marks, thoughts)
        .write(conversation.messages(), instructions);
    inference.writeCommon(out);
    new RequestToolWriter(out, dropped, abilities, abilities.claude() && traits.structured())
        .write(conversation, marks);
    writeOutputConfig(inference.effort());
    writeUnknown(inference);
    return out.endObject().bytes();
  }

  private void settleFormat() {
    switch (conversation.responseFormat()) {
      case ResponseFormat.Unset _, ResponseFormat.PlainText _ -> {}
      case ResponseFormat.JsonObject _ -> {
        instructions = List.of(JSON_ONLY);
        dropped.add("response_format.json_object");
      }
      case ResponseFormat.JsonSchema schema when traits.structured() -> form = Optional.of(schema);
      case ResponseFormat.JsonSchema schema -> {
        conversation = StructuredOutput.asTool(conversation, schema, abilities.mustCall());
        if (!abilities.mustCall()) {
          instructions = List.of(StructuredOutput.INSTRUCTION);
          dropped.add("response_format.json_schema");
        }
      }
    }
  }

  private void writeOutputConfig(Optional<String> effort) {
    if (effort.isEmpty() && form.isEmpty()) {
      return;
    }
    out.name("outputConfig").beginObject();
    effort.ifPresent(level -> out.member("effort", level));
    form.ifPresent(
        schema -> {
          OutputSchema fitted = OutputSchema.fit(schema.schemaJson(), "response_format");
          if (fitted.weakened()) {
            dropped.add("response_format.json_schema");
          }
          out.name("textFormat").beginObject().member("type", "json_schema");
          out.name("structure").beginObject().name("jsonSchema").beginObject();
          out.member("name", schema.name()).member("schema", fitted.json());
          out.endObject().endObject().endObject();
        });
    out.endObject();
  }

  private void writeUnknown(InferenceConfigWriter inference) {
    if (conversation.sampling().choices().orElse(1) > 1) {
      dropped.add("n");
    }
    if (conversation.sampling().user().filter(user -> !user.isBlank()).isPresent()) {
      dropped.add("user");
    }
    Map<String, String> unknown = new TreeMap<>(conversation.unknown());
    unknown.remove("stream_options");
    writeTier(unknown);
    for (String field : BEDROCKS_OWN) {
      Optional.ofNullable(unknown.remove(field)).ifPresent(json -> out.name(field).json(json));
    }
    try {
      inference.writeAdditional(out, Optional.ofNullable(unknown.remove(ADDITIONAL)));
    } catch (MalformedInput e) {
      throw CallerProblem.invalid(ADDITIONAL, "'" + ADDITIONAL + "' is not an object.");
    }
    dropped.addAll(unknown);
  }

  /** OpenAI's words for terms of service that Bedrock has too. */
  private void writeTier(Map<String, String> unknown) {
    String tier = unknown.getOrDefault("service_tier", "");
    switch (tier) {
      case "\"priority\"", "\"flex\"", "\"default\"" -> {
        unknown.remove("service_tier");
        out.name("serviceTier").beginObject().name("type").json(tier).endObject();
      }
      case "\"auto\"" -> unknown.remove("service_tier");
      default -> {
        // Reported with everything that nobody knows, if it is there at all.
      }
    }
  }
}
