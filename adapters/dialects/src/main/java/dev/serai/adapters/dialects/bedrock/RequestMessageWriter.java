package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.claude.FailedTool;
import dev.serai.adapters.dialects.tool.ToolArguments;
import dev.serai.adapters.dialects.translation.AlternatingTurnWriter;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation.AudioPart;
import dev.serai.core.chat.Conversation.CacheMark;
import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.Conversation.ToolResult;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.json.JsonWriter;
import java.util.List;
import java.util.Optional;

/** Writes messages as alternating turns of Converse. For one request. */
final class RequestMessageWriter extends AlternatingTurnWriter {
  private static final String CITATIONS = "messages.content.citations";

  private static final String NO_TEXT = "(See the document.)";

  private final JsonWriter out;
  private final DroppedFields dropped;
  private final CacheMarkWriter marks;
  private final RequestMediaWriter media;
  private final ReasoningSignatures signatures;
  private final boolean cites;
  private boolean hasText;
  private boolean hasDocument;

  /**
   * @param cites whether the model can cite documents
   */
  RequestMessageWriter(
      JsonWriter out,
      DroppedFields dropped,
      CacheMarkWriter marks,
      ReasoningSignatures signatures,
      boolean cites) {
    super(out, dropped);
    this.out = out;
    this.dropped = dropped;
    this.marks = marks;
    this.signatures = signatures;
    this.cites = cites;
    this.media = new RequestMediaWriter(out, dropped, cites);
  }

  @Override
  protected void text(String text) {
    hasText = true;
    out.beginObject().member("text", text).endObject();
  }

  @Override
  protected void instruction(TextPart text) {
    text(text.text());
    marks.after(text.cache());
  }

  @Override
  protected void userPart(Part part) {
    marks.after(content(part));
  }

  /** Writes a part other than reasoning and calls, and returns the mark that follows it. */
  private Optional<CacheMark> content(Part part) {
    return switch (part) {
      case TextPart text -> {
        text(text.text());
        yield text.cache();
      }
      case ImagePart image -> {
        media.image(image);
        yield image.cache();
      }
      case FilePart file -> {
        hasDocument |= media.file(file);
        yield file.cache();
      }
      case AudioPart audio -> {
        media.audio(audio);
        yield Optional.empty();
      }
      case ToolCallPart _, ReasoningPart _ ->
          throw new IllegalStateException("calls and reasoning belong to an assistant's message");
    };
  }

  /** A mark cannot be inside a result: it follows the result. */
  @Override
  protected void toolResult(ToolResult answered, List<Part> parts) {
    boolean withText = hasText;
    boolean withDocument = hasDocument;
    boolean empty = true;
    Optional<CacheMark> mark = answered.cache();
    out.beginObject().name("toolResult").beginObject();
    out.member("toolUseId", answered.callId()).name("content").beginArray();
    for (Part part : parts) {
      if (isWritten(part)) {
        Optional<CacheMark> inside = content(part);
        mark = mark.isPresent() ? mark : inside;
        empty = false;
      }
    }
    if (answered.failed() && empty) {
      text(FailedTool.TEXT);
    }
    out.endArray();
    if (answered.failed()) {
      out.member("status", "error");
    }
    out.endObject().endObject();
    hasText = withText;
    hasDocument = withDocument;
    marks.after(mark);
  }

  @Override
  protected void assistantPart(Part part, boolean begun) {
    switch (part) {
      case TextPart text -> {
        inTurn(ASSISTANT);
        String words = begun ? text.text().stripTrailing() : text.text();
        if (cites && !text.citations().isEmpty()) {
          cited(words, text.citations());
        } else {
          text(words);
        }
        marks.after(text.cache());
      }
      case ToolCallPart called -> {
        inTurn(ASSISTANT);
        toolUse(called.call());
        marks.after(called.cache());
      }
      case ReasoningPart reasoning -> reasoning(reasoning);
      default -> dropped.add("messages.content");
    }
  }

  private void cited(String text, List<String> citations) {
    hasText = true;
    out.beginObject().name("citationsContent").beginObject();
    out.name("content").beginArray().beginObject().member("text", text).endObject().endArray();
    out.name("citations").beginArray();
    for (String citation : citations) {
      if (CitationMapping.write(out, citation)) {
        CitationMapping.lost(citation).forEach(name -> dropped.add(CITATIONS + "." + name));
      } else {
        dropped.add(CITATIONS);
      }
    }
    out.endArray().endObject().endObject();
  }

  private void reasoning(ReasoningPart reasoning) {
    Optional<OpaqueState> state = reasoning.state();
    if (state.isPresent()) {
      if (!signatures.areAccepted(state.get())) {
        dropped.add("messages.reasoning_content");
        return;
      }
      inTurn(ASSISTANT);
      signatures.write(out, reasoning.text(), state.get());
    } else if (!reasoning.text().isBlank()) {
      // Bedrock rejects unsigned reasoning; as text, the model still reads it.
      dropped.add("messages.reasoning_content");
      inTurn(ASSISTANT);
      text(reasoning.text());
    }
  }

  private void toolUse(ToolCall call) {
    out.beginObject().name("toolUse").beginObject();
    out.member("toolUseId", call.id()).member("name", call.name()).name("input");
    ToolArguments.write(out, call.arguments());
    out.endObject().endObject();
  }

  @Override
  protected void opened() {
    hasText = false;
    hasDocument = false;
  }

  /** Adds text to a document, since Bedrock rejects a turn with a document alone. */
  @Override
  protected void closing() {
    if (hasDocument && !hasText) {
      text(NO_TEXT);
    }
  }
}
