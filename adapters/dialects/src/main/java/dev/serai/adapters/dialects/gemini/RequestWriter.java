package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.media.StoredFiles;
import dev.serai.adapters.dialects.request.UnmappedFields;
import dev.serai.adapters.dialects.tool.ToolTurns;
import dev.serai.adapters.dialects.tool.limit.FittedConversation;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import java.util.Optional;

/** Writes the body of a request that came in another dialect. */
final class RequestWriter {
  private final Destination destination;
  private final Conversation conversation;
  private final ModelTraits traits;
  private final DroppedFields dropped = new DroppedFields();
  private final JsonWriter out;

  RequestWriter(ChatRequest request, Destination destination) {
    this.destination = destination;
    this.conversation =
        FittedConversation.of(
            ToolTurns.contiguous(request.conversation(), dropped), GeminiDialect.LIMITS, dropped);
    this.traits = ModelTraits.of(destination);
    this.out = new JsonWriter(request.bytes().length + 256);
  }

  /** The fields that the dialect cannot express; known after {@link #write}. */
  List<String> dropped() {
    return dropped.names();
  }

  byte[] write() {
    StoredFiles.GOOGLE.require(conversation, destination);
    out.beginObject();
    new RequestContentWriter(out, destination, dropped).write(conversation.messages());
    if (!conversation.tools().isEmpty()) {
      writeTools();
      writeChoice();
    }
    UnmappedFields unmapped = new UnmappedFields(conversation);
    new GenerationConfigWriter(conversation, traits, dropped).write(out, unmapped);
    unmapped.report(dropped);
    if (conversation.sampling().user().isPresent()) {
      dropped.add("user");
    }
    return out.endObject().bytes();
  }

  private void writeTools() {
    out.name("tools").beginArray().beginObject().name("functionDeclarations").beginArray();
    for (Tool tool : conversation.tools()) {
      out.beginObject().member("name", tool.name());
      tool.description().ifPresent(text -> out.member("description", text));
      boolean ownOnly = Quirk.NO_JSON_SCHEMA_TOOLS.of(destination);
      SchemaWriter.writeParameters(out, tool.parametersJson(), ownOnly, dropped);
      out.endObject();
      if (tool.cache().isPresent()) {
        dropped.add("cache_control");
      }
    }
    out.endArray().endObject().endArray();
  }

  private void writeChoice() {
    dropped.addSerialCalls(conversation.toolChoice());
    switch (conversation.toolChoice()) {
      case ToolChoice.Unset _ -> writeFree(false);
      case ToolChoice.Auto _ -> writeFree(true);
      case ToolChoice.None _ -> writeMode("NONE", Optional.empty());
      case ToolChoice.Required _ -> writeMode("ANY", Optional.empty());
      case ToolChoice.Named named -> writeMode("ANY", Optional.of(named.tool()));
    }
  }

  /**
   * The model decides whether to call; a forced call is held to its schema, this one only in mode
   * VALIDATED.
   */
  private void writeFree(boolean said) {
    boolean strict = conversation.tools().stream().anyMatch(Tool::strict);
    if (strict && traits.validates()) {
      writeMode("VALIDATED", Optional.empty());
      return;
    }
    if (strict) {
      dropped.add("tools.strict");
    }
    if (said) {
      writeMode("AUTO", Optional.empty());
    }
  }

  private void writeMode(String mode, Optional<String> only) {
    out.name("toolConfig").beginObject().name("functionCallingConfig").beginObject();
    out.member("mode", mode);
    only.ifPresent(tool -> out.name("allowedFunctionNames").beginArray().value(tool).endArray());
    out.endObject().endObject();
  }
}
