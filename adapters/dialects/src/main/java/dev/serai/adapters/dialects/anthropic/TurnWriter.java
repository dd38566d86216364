package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.anthropic.CacheMarks.Area;
import dev.serai.adapters.dialects.translation.AlternatingTurnWriter;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation.Answered;
import dev.serai.core.chat.Conversation.Called;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.Reasoning;
import dev.serai.core.chat.Conversation.Text;
import dev.serai.core.dialect.Dialect.Target;
import dev.serai.core.json.JsonWriter;
import java.util.List;

/** Writes messages as the Messages API's turns. For one request. */
final class TurnWriter extends AlternatingTurnWriter {
  private final BlockWriter blocks;
  private final DroppedFields dropped;
  private final Target target;

  TurnWriter(JsonWriter out, Target target, CacheMarks marks, DroppedFields dropped) {
    super(out, dropped);
    this.target = target;
    this.dropped = dropped;
    this.blocks = new BlockWriter(out, marks, dropped);
  }

  @Override
  protected void text(String text) {
    blocks.text(text);
  }

  @Override
  protected void instruction(Text text) {
    blocks.text(text.text(), text, Area.SYSTEM);
  }

  @Override
  protected void userPart(Part part) {
    blocks.part(part);
  }

  @Override
  protected void toolResult(Answered answered, List<Part> parts) {
    blocks.toolResult(answered, parts);
  }

  @Override
  protected void assistantPart(Part part, boolean begun) {
    switch (part) {
      case Reasoning thought -> thought(thought);
      case Text text -> {
        inTurn(ASSISTANT);
        blocks.text(begun ? text.text().stripTrailing() : text.text(), text, Area.TURNS);
      }
      case Called called -> {
        inTurn(ASSISTANT);
        blocks.toolUse(called);
      }
      default -> dropped.add("messages.content");
    }
  }

  /** Thinking goes back signed by whom it is going back to, or not at all. */
  private void thought(Reasoning thought) {
    if (thought.state().isPresent() && Thoughts.belong(thought, target)) {
      inTurn(ASSISTANT);
      blocks.thought(thought.text(), thought.state().get());
    } else if (!thought.text().isBlank() || thought.state().isPresent()) {
      dropped.add("messages.reasoning_content");
    }
  }
}
