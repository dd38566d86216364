package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.claude.ClaudeStopReasons;
import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.problem.ProviderProblems;
import dev.serai.core.chat.ChatEvent.RefusalDelta;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.Usage;
import dev.serai.core.chat.detail.DetailSupport;
import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a non-streaming Converse response into core types. For one response; not thread-safe. */
final class ResponseReader {
  /** The name under which text beside the structured output is reported. */
  static final String TEXT = "output.message.content.text";

  private final byte[] body;
  private final Optional<ChatRequest> request;
  private final Destination destination;
  private final JsonCursor cursor = new JsonCursor();
  private final ResponseBlock block = new ResponseBlock(cursor);
  private final UsageReader usage = new UsageReader();
  private final Sources sources;
  private final List<Part> parts = new ArrayList<>();
  private boolean hasCalls;
  private boolean hasOutputTool;
  private boolean hasMessage;
  private Optional<String> stopSequence = Optional.empty();
  private @Nullable FinishReason finish;

  /**
   * @param request whose response it is, if more than its usage is read
   */
  ResponseReader(byte[] body, Optional<ChatRequest> request, Destination destination) {
    this.body = body;
    this.request = request;
    this.sources =
        new Sources(
            request.map(ChatRequest::detailSupport).orElse(DetailSupport.NONE),
            request.filter(ChatRequest::takesCitations).isPresent());
    this.destination = destination;
  }

  /** Reads only the usage. */
  Optional<Usage> readUsage() {
    walk();
    return usage.usage();
  }

  ChatResponse read() {
    FinishReason walked = walk();
    ResponseMembers.READ.report(body, 0, body.length, name -> block.drop(name, _ -> {}));
    FinishReason reported =
        request.map(of -> StopReasons.withStopSequence(walked, stopSequence, of)).orElse(walked);
    FinishReason reason =
        hasOutputTool && !hasCalls ? StopReasons.withoutOutputTool(reported) : reported;
    Optional<String> refusal =
        reason.kind() == FinishReason.Kind.REFUSAL
            ? Optional.of(RefusalDelta.UNEXPLAINED)
            : Optional.empty();
    ChatResponse.Choice choice = new ChatResponse.Choice(0, parts, refusal, reason, sources.take());
    return new ChatResponse(
        "", destination.model(), 0, List.of(choice), usage.usage(), block.dropped());
  }

  private FinishReason walk() {
    try {
      cursor.over(body, 0, body.length).enterObject();
      while (cursor.nextMember()) {
        takeMember();
      }
      cursor.finish();
    } catch (MalformedInput e) {
      throw ProviderProblems.malformed(destination, "a response that is not valid");
    }
    if (!hasMessage || finish == null && parts.isEmpty()) {
      throw withoutContent(destination);
    }
    // A body that arrived whole is a whole response.
    return finish == null ? ClaudeStopReasons.unspecified(hasCalls) : finish;
  }

  /** The problem of a response without a message, or with neither content nor a stop reason. */
  static ProviderProblem withoutContent(Destination destination) {
    return ProviderProblems.malformed(destination, "a response without a message or stop reason");
  }

  private void takeMember() {
    if (cursor.nameIs(MemberNames.OUTPUT) && cursor.peek() == '{') {
      takeOutput();
    } else if (cursor.nameIs(MemberNames.USAGE)) {
      usage.take(cursor);
    } else if (cursor.nameIs(MemberNames.SERVICE_TIER)) {
      usage.takeTier(cursor);
    } else if (cursor.nameIs(MemberNames.STOP_REASON) && cursor.peek() == '"') {
      finish = ClaudeStopReasons.read(cursor.text());
    } else if (cursor.nameIs(MemberNames.MODEL_FIELDS)) {
      stopSequence = ModelResponseFields.stopSequence(cursor);
    } else {
      cursor.skip();
    }
  }

  private void takeOutput() {
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.MESSAGE) && cursor.peek() == '{') {
        hasMessage = true;
        takeMessage();
      } else {
        cursor.skip();
      }
    }
  }

  private void takeMessage() {
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.CONTENT) && cursor.peek() == '[') {
        cursor.enterArray();
        while (cursor.nextElement()) {
          block.take(body, _ -> {});
          addBlock();
          sources.endBlock();
        }
      } else {
        cursor.skip();
      }
    }
  }

  private void addBlock() {
    if (!sources.add(block, body)) {
      block.drop(ResponseBlock.CITATIONS, _ -> {});
    }
    List<String> citations = sources.takeCitations();
    if (block.text != null && !block.text.isEmpty() && hasOutputTool) {
      block.drop(TEXT, _ -> {});
    } else if (block.text != null && !block.text.isEmpty()) {
      parts.add(new TextPart(block.text, Optional.empty(), citations));
    } else if (!citations.isEmpty()) {
      citeLast(citations);
    }
    if (block.redacted != null) {
      parts.add(new ReasoningPart("", state(ReasoningSignatures.REDACTED, block.redacted)));
    } else if (block.reasoning != null || block.signature != null) {
      String thought = block.reasoning == null ? "" : block.reasoning;
      parts.add(
          new ReasoningPart(
              thought,
              block.signature == null
                  ? Optional.empty()
                  : state(ReasoningSignatures.SIGNATURE, block.signature)));
    }
    if (block.tool) {
      String arguments = block.input.isEmpty() ? "{}" : block.input;
      if (block.name.equals(SchemaTool.TOOL)) {
        hasOutputTool = true;
        if (parts.removeIf(TextPart.class::isInstance)) {
          block.drop(TEXT, _ -> {});
        }
        sources.addText(arguments);
        parts.add(new TextPart(arguments));
      } else {
        hasCalls = true;
        parts.add(new ToolCallPart(new ToolCall(block.id, block.name, arguments)));
      }
    }
  }

  /** The citations of a block without text are of the text before. */
  private void citeLast(List<String> citations) {
    for (int i = parts.size() - 1; i >= 0; i--) {
      if (parts.get(i) instanceof TextPart text) {
        List<String> all = new ArrayList<>(text.citations());
        all.addAll(citations);
        parts.set(i, new TextPart(text.text(), text.cache(), all));
        return;
      }
    }
    block.drop(ResponseBlock.CITATIONS, _ -> {});
  }

  private Optional<OpaqueState> state(String kind, String data) {
    return Optional.of(ReasoningSignatures.state(destination, kind, data));
  }
}
