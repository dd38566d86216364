package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.claude.ClaudeStopReasons;
import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.problem.ProviderProblems;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.ChatEvent.RefusalDelta;
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
import dev.serai.core.chat.detail.DetailSupport;
import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.ProviderProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a non-streaming message into core types. For one response; not thread-safe. */
final class ResponseReader {
  /** The texts of a larger message are not decoded for its usage alone. */
  private static final int MAX_DECODED = 64 * 1024;

  /** The name under which text beside the structured output is reported. */
  static final String TEXT = "content.text";

  private final byte[] body;
  private final Destination destination;
  private final JsonCursor cursor = new JsonCursor();
  private final UsageReader usage = new UsageReader();
  private final Sources sources;
  private final List<Part> parts = new ArrayList<>();
  private boolean responds;
  private boolean answered;
  private final DroppedFields dropped = new DroppedFields();

  /** Then no text is decoded, since only the bytes of a forwarded message are counted. */
  private boolean usageOnly;

  private int calls;
  private String id = "";
  private String model = "";
  private String explanation = "";
  private @Nullable FinishReason finish;
  private @Nullable ProviderProblem error;

  /**
   * @param details the details of the text that the client can receive
   */
  ResponseReader(byte[] body, DetailSupport details, Destination destination) {
    this.body = body;
    this.sources = new Sources(details);
    this.destination = destination;
  }

  /** Reads only the usage. A request that counts tokens uses none. */
  Optional<Usage> readUsage() {
    if (isTokenCount()) {
      return Optional.of(Usage.of(0, 0));
    }
    usageOnly = body.length > MAX_DECODED;
    walk();
    return usage.usage();
  }

  /** Whether the body is a response of {@code /v1/messages/count_tokens}. */
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
    ResponseMembers.READ.report(body, 0, body.length, dropped::add);
    boolean refused = reason.kind() == FinishReason.Kind.REFUSAL;
    ChatResponse.Choice choice =
        new ChatResponse.Choice(
            0,
            parts,
            refused ? Optional.of(refusal(explanation, Parts.text(parts))) : Optional.empty(),
            OutputTool.finish(reason, calls),
            sources.take());
    return new ChatResponse(
        id,
        model.isEmpty() ? destination.model() : model,
        0,
        List.of(choice),
        usage.usage(),
        dropped.names());
  }

  /** The text of a refusal: the model's explanation, or its text, or a default. */
  static String refusal(String explanation, Optional<String> text) {
    return explanation.isEmpty() ? text.orElse(RefusalDelta.UNEXPLAINED) : explanation;
  }

  private FinishReason walk() {
    try {
      cursor.over(body, 0, body.length).enterObject();
      while (cursor.nextMember()) {
        takeMember();
      }
      cursor.finish();
    } catch (MalformedInput e) {
      throw ProviderProblems.malformed(destination, "a response that is not a message");
    }
    if (error != null) {
      throw error;
    }
    if (finish == null && parts.isEmpty() && !responds) {
      throw withoutContent(destination);
    }
    // A body that arrived whole is a whole message.
    return finish == null ? ClaudeStopReasons.unspecified(calls > 0) : finish;
  }

  /** The problem of a message that has neither content nor a stop reason. */
  static ProviderProblem withoutContent(Destination destination) {
    return ProviderProblems.malformed(destination, "a message without content and stop reason");
  }

  private void takeMember() {
    if (cursor.nameIs(MemberNames.CONTENT)) {
      cursor.enterArray();
      while (cursor.nextElement()) {
        if (usageOnly) {
          responds = true;
          cursor.skip();
        } else {
          takeBlock();
        }
      }
    } else if (cursor.nameIs(MemberNames.USAGE)) {
      usage.take(cursor);
    } else if (cursor.nameIs(MemberNames.ID) && cursor.peek() == '"') {
      id = cursor.text();
    } else if (cursor.nameIs(MemberNames.MODEL) && cursor.peek() == '"') {
      model = cursor.text();
    } else if (cursor.nameIs(MemberNames.STOP_REASON) && cursor.peek() == '"') {
      finish = ClaudeStopReasons.read(cursor.text());
    } else if (cursor.nameIs(MemberNames.STOP_DETAILS) && cursor.peek() == '{') {
      explanation = readExplanation(cursor);
    } else if (cursor.nameIs(MemberNames.ERROR) && cursor.peek() == '{') {
      error = ErrorReader.readObject(cursor, destination);
    } else {
      cursor.skip();
    }
  }

  /** Reads the details of a refusal; empty if they have no explanation. */
  static String readExplanation(JsonCursor cursor) {
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
    ResponseBlock block = ResponseBlock.read(cursor, body);
    switch (block.type()) {
      case "text" -> {
        addText(block.text());
        sources.addCited(body, block.citedFrom(), block.citedTo());
        sources.endBlock();
      }
      case "thinking" ->
          addReasoning(block.text(), ReasoningSignatures.SIGNATURE, block.signature());
      case "redacted_thinking" -> addReasoning("", ReasoningSignatures.REDACTED, block.signature());
      case "tool_use" -> addCall(block);
      // The provider's own tools, their results, and blocks of unknown types are reported.
      default -> responds = true;
    }
  }

  private void addText(String text) {
    if (!text.isEmpty() && answered) {
      dropped.add(TEXT);
    } else if (!text.isEmpty()) {
      sources.addText(text);
      parts.add(new TextPart(text));
    }
  }

  private void addCall(ResponseBlock block) {
    if (block.name().equals(OutputTool.TOOL)) {
      if (parts.removeIf(TextPart.class::isInstance)) {
        dropped.add(TEXT);
      }
      addText(block.input());
      answered = true;
    } else {
      calls++;
      parts.add(new ToolCallPart(new ToolCall(block.id(), block.name(), block.input())));
    }
  }

  private void addReasoning(String text, String kind, String data) {
    if (!data.isEmpty()) {
      OpaqueState state = ReasoningSignatures.state(destination.provider().name(), kind, data);
      parts.add(new ReasoningPart(text, Optional.of(state)));
    } else if (!text.isEmpty()) {
      parts.add(new ReasoningPart(text));
    }
  }
}
