package dev.serai.adapters.dialects.bedrock;

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

/** Writes messages as Converse's turns. For one request. */
final class RequestMessageWriter extends AlternatingTurnWriter {
  private static final String NO_TEXT = "(See the document.)";

  private final JsonWriter out;
  private final DroppedFields dropped;
  private final CacheMarkWriter marks;
  private final RequestMediaWriter media;
  private final ReasoningSignatures thoughts;
  private boolean hasText;
  private boolean hasDocument;

  RequestMessageWriter(
      JsonWriter out, DroppedFields dropped, CacheMarkWriter marks, ReasoningSignatures thoughts) {
    super(out, dropped);
    this.out = out;
    this.dropped = dropped;
    this.marks = marks;
    this.thoughts = thoughts;
    this.media = new RequestMediaWriter(out, dropped);
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

  /** Writes a part that is neither thought nor call; gives the mark that stands behind it. */
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
          throw new IllegalStateException("the assistant's alone");
    };
  }

  /** Marks cannot stand inside a result: they stand behind it. */
  @Override
  protected void toolResult(ToolResult answered, List<Part> parts) {
    boolean withText = hasText;
    boolean withDocument = hasDocument;
    Optional<CacheMark> mark = answered.cache();
    out.beginObject().name("toolResult").beginObject();
    out.member("toolUseId", ToolCallIds.plain(answered.callId())).name("content").beginArray();
    for (Part part : parts) {
      if (!isBlank(part)) {
        Optional<CacheMark> inside = content(part);
        mark = mark.isPresent() ? mark : inside;
      }
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
        text(begun ? text.text().stripTrailing() : text.text());
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

  private void reasoning(ReasoningPart reasoning) {
    Optional<OpaqueState> state = reasoning.state();
    if (state.isPresent()) {
      if (!thoughts.areOurs(state.get())) {
        dropped.add("messages.reasoning_content");
        return;
      }
      inTurn(ASSISTANT);
      thoughts.write(out, reasoning.text(), state.get());
    } else if (!reasoning.text().isBlank()) {
      // Bedrock takes no unsigned thoughts; as text the model still sees them.
      dropped.add("messages.reasoning_content");
      inTurn(ASSISTANT);
      text(reasoning.text());
    }
  }

  private void toolUse(ToolCall call) {
    out.beginObject().name("toolUse").beginObject();
    out.member("toolUseId", ToolCallIds.plain(call.id())).member("name", call.name()).name("input");
    ToolArguments.write(out, call.arguments());
    out.endObject().endObject();
  }

  @Override
  protected void opened() {
    hasText = false;
    hasDocument = false;
  }

  /** A document alone is refused. */
  @Override
  protected void closing() {
    if (hasDocument && !hasText) {
      text(NO_TEXT);
    }
  }
}
