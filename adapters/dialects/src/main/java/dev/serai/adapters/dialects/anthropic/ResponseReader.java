package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.adapters.dialects.translation.ProviderProblems;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.Parts;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Destination;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one whole message. For one answer. */
final class ResponseReader {
  private final byte[] body;
  private final Destination destination;
  private final JsonCursor cursor = new JsonCursor();
  private final UsageReader usage = new UsageReader();
  private final List<Part> parts = new ArrayList<>();
  private final DroppedFields dropped = new DroppedFields();
  private int calls;
  private String id = "";
  private String model = "";
  private String explanation = "";
  private @Nullable FinishReason finish;
  private @Nullable ErrorReader error;

  ResponseReader(byte[] body, Destination destination) {
    this.body = body;
    this.destination = destination;
  }

  /** Only the count. Whoever asks how many tokens a request has, uses none. */
  Optional<Usage> readUsage() {
    if (isTokenCount()) {
      return Optional.of(Usage.of(0, 0));
    }
    walk();
    return usage.usage();
  }

  /** Whether this is the answer of {@code /v1/messages/count_tokens}. */
  private boolean isTokenCount() {
    try {
      cursor.over(body, 0, body.length).enterObject();
      return cursor.nextMember() && cursor.nameIs(MemberNames.INPUT_TOKENS) && cursor.count() >= 0;
    } catch (MalformedInput e) {
      return false;
    }
  }

  ChatResponse read() {
    FinishReason reason = walk();
    boolean refused = reason.kind() == FinishReason.Kind.REFUSAL;
    ChatResponse.Choice choice =
        new ChatResponse.Choice(
            0,
            parts,
            refused ? Optional.of(refusal()) : Optional.empty(),
            StructuredOutput.finish(reason, calls));
    return new ChatResponse(
        id,
        model.isEmpty() ? destination.model() : model,
        0,
        List.of(choice),
        usage.usage(),
        dropped.names());
  }

  /** In the model's own words, if it has any. */
  private String refusal() {
    return explanation.isEmpty() ? Parts.text(parts).orElse(StopReasons.REFUSED) : explanation;
  }

  private FinishReason walk() {
    try {
      cursor.over(body, 0, body.length).enterObject();
      while (cursor.nextMember()) {
        takeMember();
      }
      cursor.finish();
    } catch (MalformedInput e) {
      throw ProviderProblems.garbled(destination, "an answer that is no message");
    }
    if (error != null) {
      throw error.problem(destination);
    }
    if (finish == null) {
      throw ProviderProblems.garbled(destination, "a message without a stop reason");
    }
    return finish;
  }

  private void takeMember() {
    if (cursor.nameIs(MemberNames.CONTENT)) {
      cursor.enterArray();
      while (cursor.nextElement()) {
        takeBlock();
      }
    } else if (cursor.nameIs(MemberNames.USAGE)) {
      usage.take(cursor);
    } else if (cursor.nameIs(MemberNames.ID) && cursor.peek() == '"') {
      id = cursor.text();
    } else if (cursor.nameIs(MemberNames.MODEL) && cursor.peek() == '"') {
      model = cursor.text();
    } else if (cursor.nameIs(MemberNames.STOP_REASON) && cursor.peek() == '"') {
      finish = StopReasons.read(cursor.text());
    } else if (cursor.nameIs(MemberNames.STOP_DETAILS) && cursor.peek() == '{') {
      explanation = takeExplanation(cursor);
    } else if (cursor.nameIs(MemberNames.ERROR) && cursor.peek() == '{') {
      error = ErrorReader.take(cursor);
    } else {
      cursor.skip();
    }
  }

  /** Takes the details of a refusal; empty if they do not say why. */
  static String takeExplanation(JsonCursor cursor) {
    String explanation = "";
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.EXPLANATION) && cursor.peek() == '"') {
        explanation = cursor.text();
      } else {
        cursor.skip();
      }
    }
    return explanation;
  }

  private void takeBlock() {
    Block block = Block.take(cursor, body);
    switch (block.type()) {
      case "text" -> addText(block.text());
      case "thinking" -> addThought(block.text(), ReasoningSignatures.SIGNATURE, block.signature());
      case "redacted_thinking" -> addThought("", ReasoningSignatures.REDACTED, block.signature());
      case "tool_use" -> addCall(block);
      // The provider's own tools, what came of them, and what nobody knows.
      default -> dropped.add(Block.place(block.type()));
    }
    if (block.cited()) {
      dropped.add(Block.CITATIONS);
    }
  }

  private void addText(String text) {
    if (!text.isEmpty()) {
      parts.add(new TextPart(text));
    }
  }

  private void addCall(Block block) {
    if (block.name().equals(StructuredOutput.TOOL)) {
      addText(block.input());
    } else {
      calls++;
      parts.add(new ToolCallPart(new ToolCall(block.id(), block.name(), block.input())));
    }
  }

  private void addThought(String text, String kind, String data) {
    if (!data.isEmpty()) {
      OpaqueState state = ReasoningSignatures.state(destination.provider().name(), kind, data);
      parts.add(new ReasoningPart(text, Optional.of(state)));
    } else if (!text.isEmpty()) {
      parts.add(new ReasoningPart(text));
    }
  }

  /**
   * A content block, whole or as it starts in a stream.
   *
   * @param text of text or thinking
   * @param input a tool's, as JSON; "{}" if there is none
   * @param signature of thinking; the data of what is redacted
   * @param cited whether the text names its sources
   */
  record Block(
      String type,
      String id,
      String name,
      String text,
      String input,
      String signature,
      boolean cited) {
    /** Under which sources of a text are reported as dropped. */
    static final String CITATIONS = "content.citations";

    /** Under which a block of that type is reported as dropped. */
    static String place(String type) {
      return "content." + type;
    }

    static Block take(JsonCursor cursor, byte[] bytes) {
      String type = "";
      String id = "";
      String name = "";
      String text = "";
      String input = "{}";
      String signature = "";
      boolean cited = false;
      cursor.enterObject();
      while (cursor.nextMember()) {
        boolean string = cursor.peek() == '"';
        if (cursor.nameIs(MemberNames.TYPE) && string) {
          type = cursor.text();
        } else if (cursor.nameIs(MemberNames.ID) && string) {
          id = cursor.text();
        } else if (cursor.nameIs(MemberNames.NAME) && string) {
          name = cursor.text();
        } else if ((cursor.nameIs(MemberNames.TEXT) || cursor.nameIs(MemberNames.THINKING))
            && string) {
          text = cursor.text();
        } else if ((cursor.nameIs(MemberNames.SIGNATURE) || cursor.nameIs(MemberNames.DATA))
            && string) {
          signature = cursor.text();
        } else if (cursor.nameIs(MemberNames.INPUT) && !string && cursor.peek() != 'n') {
          int from = cursor.offset();
          cursor.skip();
          input = new String(bytes, from, cursor.offset() - from, StandardCharsets.UTF_8);
        } else if (cursor.nameIs(MemberNames.CITATIONS) && cursor.peek() == '[') {
          cursor.enterArray();
          while (cursor.nextElement()) {
            cited = true;
            cursor.skip();
          }
        } else {
          cursor.skip();
        }
      }
      return new Block(type, id, name, text, input, signature, cited);
    }
  }
}
