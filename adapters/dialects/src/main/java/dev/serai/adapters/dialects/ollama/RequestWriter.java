package dev.serai.adapters.dialects.ollama;

import dev.serai.adapters.dialects.media.StoredFiles;
import dev.serai.adapters.dialects.request.UnmappedFields;
import dev.serai.adapters.dialects.schema.FittedSchema;
import dev.serai.adapters.dialects.schema.SchemaFitter;
import dev.serai.adapters.dialects.tool.ToolTurns;
import dev.serai.adapters.dialects.tool.limit.FittedConversation;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.ReasoningSettings;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.Sampling;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.request.ChatRequest;
import java.util.List;

/** Writes the body of a request that came in another dialect. */
final class RequestWriter {
  /** Fields that callers send at the top level and Ollama accepts among its options. */
  private static final List<String> OPTIONS =
      List.of(
          "frequency_penalty",
          "min_p",
          "num_ctx",
          "num_keep",
          "presence_penalty",
          "repeat_penalty",
          "seed",
          "typical_p");

  private final ChatRequest request;
  private final Destination destination;
  private final Conversation conversation;
  private final DroppedFields dropped = new DroppedFields();
  private final JsonWriter out;

  RequestWriter(ChatRequest request, Destination destination) {
    this.request = request;
    this.destination = destination;
    this.conversation =
        FittedConversation.of(
            ToolTurns.contiguous(request.conversation(), dropped), OllamaDialect.LIMITS, dropped);
    this.out = new JsonWriter(request.bytes().length + 256);
  }

  /** The fields that the dialect cannot express; known after {@link #write}. */
  List<String> dropped() {
    return dropped.names();
  }

  byte[] write() {
    StoredFiles.NONE.require(conversation, destination);
    out.beginObject().member("model", destination.model()).member("stream", request.streaming());
    new RequestMessageWriter(out, dropped).write(conversation.messages());
    writeTools();
    writeFormat();
    writeThinking(conversation.sampling().reasoning());
    UnmappedFields unmapped = new UnmappedFields(conversation);
    unmapped.take("keep_alive").ifPresent(json -> out.name("keep_alive").json(json));
    if (request.detailSupport().hasLogprobs()) {
      unmapped.writeLogprobs(out);
    }
    writeOptions(unmapped);
    unmapped.report(dropped);
    dropped.addCacheMarks(conversation);
    dropped.addFailedTools(conversation);
    return out.endObject().bytes();
  }

  private void writeTools() {
    ToolChoice choice = conversation.toolChoice();
    // Ollama cannot forbid calls: without tools none is made.
    if (conversation.tools().isEmpty() || choice instanceof ToolChoice.None) {
      return;
    }
    if (choice.forcesCall()) {
      dropped.add("tool_choice");
    }
    dropped.addSerialCalls(choice);
    out.name("tools").beginArray();
    for (Tool tool : conversation.tools()) {
      out.beginObject().member("type", "function").name("function").beginObject();
      out.member("name", tool.name());
      tool.description().ifPresent(text -> out.member("description", text));
      FittedSchema fitted = SchemaFitter.parameters(tool.parametersJson(), SchemaProfiles.TOOLS);
      out.name("parameters").json(fitted.json());
      out.endObject().endObject();
      if (tool.strict()) {
        dropped.add("tools.strict");
      }
      if (fitted.isWeakened()) {
        dropped.add("tools.parameters");
      }
    }
    out.endArray();
  }

  private void writeFormat() {
    switch (conversation.responseFormat()) {
      case ResponseFormat.Unset _, ResponseFormat.PlainText _ -> {}
      case ResponseFormat.JsonObject _ -> out.member("format", "json");
      case ResponseFormat.JsonSchema schema -> {
        FittedSchema fitted = SchemaFitter.output(schema.schemaJson(), SchemaProfiles.FORMAT);
        out.name("format").json(fitted.json());
        if (fitted.isWeakened()) {
          dropped.add("response_format.json_schema");
        }
      }
    }
  }

  /** Models that can think do so by default; Ollama has no budget. */
  private void writeThinking(ReasoningSettings thinking) {
    if (thinking.effort().isPresent()) {
      writeThink(thinking.effort().get());
    } else if (thinking.mode() == ReasoningSettings.Mode.OFF) {
      out.member("think", false);
    } else if (thinking.mode() == ReasoningSettings.Mode.ON) {
      out.member("think", true);
    }
    if (thinking.budgetTokens().isPresent()) {
      dropped.add("thinking.budget_tokens");
    }
  }

  /** Other levels become the nearest one, as in Ollama's own OpenAI-compatible API. */
  private void writeThink(String effort) {
    switch (effort) {
      case "none" -> out.member("think", false);
      case "low", "medium", "high", "max" -> out.member("think", effort);
      case "minimal" -> writeNearest("low");
      case "xhigh" -> writeNearest("max");
      default -> dropped.add("reasoning_effort");
    }
  }

  private void writeNearest(String level) {
    out.member("think", level);
    dropped.add("reasoning_effort");
  }

  /** Removes the fields that it writes from {@code unmapped}. */
  private void writeOptions(UnmappedFields unmapped) {
    Sampling sampling = conversation.sampling();
    JsonWriter options = new JsonWriter();
    options.beginObject();
    sampling.maxTokens().ifPresent(most -> options.member("num_predict", most));
    sampling.temperature().ifPresent(value -> options.name("temperature").value(value));
    sampling.topP().ifPresent(value -> options.name("top_p").value(value));
    sampling.topK().ifPresent(value -> options.member("top_k", value));
    if (!sampling.stop().isEmpty()) {
      options.name("stop").beginArray();
      sampling.stop().forEach(options::value);
      options.endArray();
    }
    for (String option : OPTIONS) {
      unmapped.number(option).ifPresent(json -> options.name(option).json(json));
    }
    byte[] json = options.endObject().bytes();
    if (json.length > 2) {
      out.name("options").json(json);
    }
    if (sampling.choices().orElse(1) > 1) {
      dropped.add("n");
    }
    if (sampling.user().isPresent()) {
      dropped.add("user");
    }
  }
}
