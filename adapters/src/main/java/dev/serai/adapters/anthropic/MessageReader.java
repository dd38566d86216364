package dev.serai.adapters.anthropic;

import dev.serai.adapters.json.JsonCursor;
import dev.serai.adapters.json.MalformedInput;
import dev.serai.adapters.translation.Failures;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.Parts;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.Usage;
import dev.serai.core.port.Dialect.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one whole message. For one answer. */
final class MessageReader {
  private final byte[] body;
  private final Target target;
  private final JsonCursor cursor = new JsonCursor();
  private final UsageTally usage = new UsageTally();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder thinking = new StringBuilder();
  private final List<ToolCall> calls = new ArrayList<>();
  private String id = "";
  private String model = "";
  private String explanation = StopReasons.REFUSED;
  private @Nullable FinishReason finish;
  private @Nullable ProviderError error;

  MessageReader(byte[] body, Target target) {
    this.body = body;
    this.target = target;
  }

  /** Only the count. */
  Optional<Usage> readUsage() {
    walk();
    return usage.usage();
  }

  ChatResponse read() {
    FinishReason reason = walk();
    boolean refused = reason.kind() == FinishReason.Kind.REFUSAL;
    ChatResponse.Choice choice =
        new ChatResponse.Choice(
            0,
            Parts.of(thinking.toString(), text.toString(), calls),
            refused ? Optional.of(explanation) : Optional.empty(),
            reason);
    return new ChatResponse(
        id, model.isEmpty() ? target.model() : model, 0, List.of(choice), usage.usage());
  }

  private FinishReason walk() {
    try {
      cursor.over(body, 0, body.length).enterObject();
      while (cursor.nextMember()) {
        takeMember();
      }
      cursor.finish();
    } catch (MalformedInput e) {
      throw Failures.garbled(target, "an answer that is no message");
    }
    if (error != null) {
      throw error.problem(target);
    }
    if (finish == null) {
      throw Failures.garbled(target, "a message without a stop reason");
    }
    return finish;
  }

  private void takeMember() {
    if (cursor.nameIs(Words.CONTENT)) {
      cursor.enterArray();
      while (cursor.nextElement()) {
        takeBlock();
      }
    } else if (cursor.nameIs(Words.USAGE)) {
      usage.take(cursor);
    } else if (cursor.nameIs(Words.ID) && cursor.peek() == '"') {
      id = cursor.text();
    } else if (cursor.nameIs(Words.MODEL) && cursor.peek() == '"') {
      model = cursor.text();
    } else if (cursor.nameIs(Words.STOP_REASON) && cursor.peek() == '"') {
      finish = StopReasons.read(cursor.text());
    } else if (cursor.nameIs(Words.STOP_DETAILS) && cursor.peek() == '{') {
      explanation = takeExplanation(cursor);
    } else if (cursor.nameIs(Words.ERROR) && cursor.peek() == '{') {
      error = ProviderError.take(cursor);
    } else {
      cursor.skip();
    }
  }

  /** Takes the details of a refusal. */
  static String takeExplanation(JsonCursor cursor) {
    String explanation = StopReasons.REFUSED;
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(Words.EXPLANATION) && cursor.peek() == '"') {
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
      case "text" -> text.append(block.text());
      case "thinking" -> thinking.append(block.text());
      case "tool_use" -> calls.add(new ToolCall(block.id(), block.name(), block.input()));
      default -> {
        // Signatures, redacted thoughts and the provider's own tools have no place in an answer.
      }
    }
  }

  /**
   * A content block, whole or as it starts in a stream.
   *
   * @param text of text or thinking
   * @param input a tool's, as JSON; "{}" if there is none
   */
  record Block(String type, String id, String name, String text, String input) {
    static Block take(JsonCursor cursor, byte[] bytes) {
      String type = "";
      String id = "";
      String name = "";
      String text = "";
      String input = "{}";
      cursor.enterObject();
      while (cursor.nextMember()) {
        boolean string = cursor.peek() == '"';
        if (cursor.nameIs(Words.TYPE) && string) {
          type = cursor.text();
        } else if (cursor.nameIs(Words.ID) && string) {
          id = cursor.text();
        } else if (cursor.nameIs(Words.NAME) && string) {
          name = cursor.text();
        } else if ((cursor.nameIs(Words.TEXT) || cursor.nameIs(Words.THINKING)) && string) {
          text = cursor.text();
        } else if (cursor.nameIs(Words.INPUT) && !string && cursor.peek() != 'n') {
          int from = cursor.offset();
          cursor.skip();
          input = new String(bytes, from, cursor.offset() - from, StandardCharsets.UTF_8);
        } else {
          cursor.skip();
        }
      }
      return new Block(type, id, name, text, input);
    }
  }
}
