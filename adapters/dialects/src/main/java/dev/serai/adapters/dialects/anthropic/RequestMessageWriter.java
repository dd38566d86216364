package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.claude.ClaudeTraits;
import dev.serai.adapters.dialects.translation.AlternatingTurnWriter;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.Conversation.ToolResult;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import java.util.List;

/** Writes messages as alternating turns of the Messages API. For one request. */
final class RequestMessageWriter extends AlternatingTurnWriter {
  private final RequestBlockWriter blocks;
  private final DroppedFields dropped;
  private final Destination destination;

  RequestMessageWriter(
      JsonWriter out, Destination destination, CacheMarkWriter marks, DroppedFields dropped) {
    super(out, dropped);
    this.destination = destination;
    this.dropped = dropped;
    this.blocks = new RequestBlockWriter(out, marks, dropped);
  }

  @Override
  protected boolean takesSystemTurns() {
    return destination.provider().dialect().equals(AnthropicDialect.NAME)
        && ClaudeTraits.takesSystemTurns(destination);
  }

  @Override
  protected void text(String text) {
    blocks.text(text);
  }

  @Override
  protected void instruction(TextPart text) {
    blocks.text(text.text(), text);
  }

  @Override
  protected void userPart(Part part) {
    blocks.part(part);
  }

  @Override
  protected void toolResult(ToolResult answered, List<Part> parts) {
    blocks.toolResult(answered, parts);
  }

  @Override
  protected void assistantPart(Part part, boolean begun) {
    switch (part) {
      case ReasoningPart reasoning -> reasoning(reasoning);
      case TextPart text -> {
        inTurn(ASSISTANT);
        blocks.text(begun ? text.text().stripTrailing() : text.text(), text);
      }
      case ToolCallPart called -> {
        inTurn(ASSISTANT);
        blocks.toolUse(called);
      }
      default -> dropped.add("messages.content");
    }
  }

  /** Writes reasoning only to the provider that signed it. */
  private void reasoning(ReasoningPart reasoning) {
    if (reasoning.state().isPresent() && ReasoningSignatures.belongs(reasoning, destination)) {
      inTurn(ASSISTANT);
      blocks.reasoning(reasoning.text(), reasoning.state().get());
    } else if (!reasoning.text().isBlank() || reasoning.state().isPresent()) {
      dropped.add("messages.reasoning_content");
    }
  }
}
